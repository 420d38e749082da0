package org.tocsin.post;

import java.net.IDN;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds campaign parameters ({@code utm_source} …, as Matomo and others read them) to links of the organisation's own sites, so that it sees
 * what a post brought. Links of others are never changed.
 */
public final class Utm {
    /** Changes nothing. */
    public static final Utm OFF = new Utm(Map.of(), Set.of());

    private final Map<String, String> parameters;
    private final Set<String> ownDomains;

    /**
     * @param parameters by name, each beginning with {@code utm_}, in the order in which they are added; none turns this off
     * @param ownDomains hosts that get them, their sub-domains as well
     * @throws IllegalArgumentException for a parameter of another name
     */
    public Utm(Map<String, String> parameters, Collection<String> ownDomains) {
        if (!parameters.keySet().stream().allMatch(name -> name.matches("utm_[a-z_]+"))) {
            throw new IllegalArgumentException("not a campaign parameter among " + parameters.keySet());
        }
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        this.ownDomains = ownDomains.stream().map(Utm::ascii).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param text any text; measure it after this
     * @return the text with the parameters in each link of an own domain
     */
    public String applyTo(String text) {
        if (parameters.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        List<TextEntity> entities = TextEntities.find(text);
        for (TextEntity entity : entities.reversed()) {
            if (entity.kind() == TextEntity.Kind.LINK) {
                out.replace(entity.start(), entity.end(), applyToLink(entity.value()));
            }
        }
        return out.toString();
    }

    /**
     * @param url as {@link TextEntities} finds it
     * @return the URL with the parameters that it does not have yet, before its fragment; unchanged when it leads elsewhere
     */
    public String applyToLink(String url) {
        if (!own(ascii(LinkScan.hostOf(url)))) {
            return url;
        }
        int hash = url.indexOf('#');
        String base = hash < 0 ? url : url.substring(0, hash);
        int question = base.indexOf('?');
        String query = question < 0 ? "" : base.substring(question + 1);
        Set<String> present = names(query);
        String added = parameters.entrySet().stream()
                .filter(parameter -> !present.contains(parameter.getKey()))
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        if (added.isEmpty()) {
            return url;
        }
        String separator = question < 0 ? "?" : query.isEmpty() || query.endsWith("&") ? "" : "&";
        return base + separator + added + url.substring(base.length());
    }

    private boolean own(String host) {
        return ownDomains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    private static Set<String> names(String query) {
        return List.of(query.split("&")).stream()
                .map(pair -> pair.split("=", 2)[0].toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return host.toLowerCase(Locale.ROOT);
        }
    }
}
