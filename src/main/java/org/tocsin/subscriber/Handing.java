package org.tocsin.subscriber;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/**
 * Whether people have agreed that their addresses are handed to a program: the text of consent names the host to which they go. What else it
 * says of it, no program can judge.
 */
public final class Handing {
    private static final List<String> LANGUAGES = List.of("fr", "en");

    private Handing() {}

    /** @return the host of an address of a webhook, as it must stand in the text; empty where it has none */
    public static String host(String url) {
        String host = URI.create(url).getHost();
        return host == null ? "" : host;
    }

    /** @return whether the text names the host, as a word of its own */
    public static boolean names(String text, String host) {
        // Neither a part of a longer name (notcrm.example.org) nor the beginning of one (crm.example.org.evil.example).
        return !host.isEmpty()
                && Pattern.compile(
                                "(?<![\\p{L}\\p{N}.-])" + Pattern.quote(host)
                                        + "(?!-|[\\p{L}\\p{N}]|\\.[\\p{L}\\p{N}])",
                                Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find();
    }

    /** @return the languages whose newest text does not name the host, so that who signs up now has not agreed; all where there is no text yet */
    public static List<String> silent(Tx tx, SignUpRepository house, BranchId branch, String host) {
        return LANGUAGES.stream()
                .filter(language -> house.text(tx, branch, language)
                        .filter(text -> names(text.text(), host))
                        .isEmpty())
                .toList();
    }
}
