package org.tocsin.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The origin of a server as a person writes it. */
public final class ServerAddress {
    private static final List<String> OWN = List.of(".internal", ".local", ".localhost", ".test", ".lan", ".home.arpa");

    private ServerAddress() {}

    /**
     * @param typed {@code social.example}, {@code https://social.example/}
     * @return the origin without a slash at its end. Empty where there is a path, a user or no host, and for plain {@code http} to
     *     anything but an address or a name of the own network: a token would travel in clear
     */
    public static Optional<String> read(String typed) {
        String text = typed.strip();
        try {
            URI url = new URI(text.contains("://") ? text : "https://" + text);
            String path = url.getRawPath() == null ? "" : url.getRawPath();
            boolean bare = (path.isEmpty() || path.equals("/"))
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null;
            if (!bare || url.getHost() == null) {
                return Optional.empty();
            }
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            String host = url.getHost().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !(scheme.equals("http") && own(host))) {
                return Optional.empty();
            }
            return Optional.of(scheme + "://" + host + (url.getPort() == -1 ? "" : ":" + url.getPort()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean own(String host) {
        boolean literal = host.startsWith("[") || Character.isDigit(host.charAt(host.length() - 1));
        return literal || host.indexOf('.') < 0 || OWN.stream().anyMatch(host::endsWith);
    }
}
