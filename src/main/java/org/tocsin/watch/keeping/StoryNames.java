package org.tocsin.watch.keeping;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Token;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.watch.Heard;

/**
 * By what two mentions are known to tell the same story: one stands at the address of the other or reposts it, or their words are the same.
 * Few words say nothing: "merci" is no story.
 */
public final class StoryNames {
    private static final int FEW = 5;

    private StoryNames() {}

    /** @return the names, none where it is by itself */
    public static List<String> of(HeardItem item, Heard words) {
        List<String> names = new ArrayList<>();
        address(item.url()).ifPresent(names::add);
        if (item.kind() == ItemKind.REPOST || item.kind() == ItemKind.QUOTE) {
            address(item.about()).ifPresent(names::add);
        }
        List<String> said = Stream.concat(words.title().tokens().stream(), words.text().tokens().stream())
                .map(Token::form)
                .toList();
        if (said.size() >= FEW) {
            names.add("words:" + hash(said.stream().collect(Collectors.joining(" "))));
        }
        return names;
    }

    /** @return the name of what stands at an address; none where that says nothing */
    public static Optional<String> at(@Nullable String url) {
        return address(url);
    }

    /** @return the name of the address at which it stands; null where that says nothing */
    static @Nullable String standing(HeardItem item) {
        return address(item.url()).orElse(null);
    }

    /**
     * The address without what counts clicks, and without the difference between http and https. Comments on a page differ in what follows the
     * page's address; the address of a whole site says nothing.
     */
    private static Optional<String> address(@Nullable String url) {
        if (url == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(url);
            String host = uri.getHost() == null
                    ? ""
                    : uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("^(www|m|amp)\\.", "");
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
            String query = uri.getRawQuery() == null
                    ? ""
                    : Stream.of(uri.getRawQuery().split("&"))
                            .filter(part -> !part.matches("(?i)(utm_[a-z]+|fbclid|gclid|mc_[ce]id|ref|xtor)=.*"))
                            .sorted()
                            .collect(Collectors.joining("&"));
            String fragment = uri.getRawFragment();
            String place = fragment == null || fragment.isEmpty() || fragment.startsWith(":~:") ? "" : "#" + fragment;
            return host.isEmpty() || (path + query + place).isEmpty()
                    ? Optional.empty()
                    : Optional.of("url:" + hash(host + path + "?" + query + place));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
