package org.tocsin.base;

import java.util.Locale;
import java.util.Set;

/** Tags of languages (BCP 47), such as {@code fr} and {@code pt-BR}. */
public final class LanguageTags {
    private static final Set<String> ISO = Set.of(Locale.getISOLanguages());

    private LanguageTags() {}

    /** @return whether it is well formed, and its language is one of ISO 639-1, which is what the networks take */
    public static boolean known(String tag) {
        return canonical(tag).equalsIgnoreCase(tag)
                && ISO.contains(Locale.forLanguageTag(tag).getLanguage());
    }

    /** @return as BCP 47 writes it: {@code pt-BR} for {@code PT-br} */
    public static String canonical(String tag) {
        return Locale.forLanguageTag(tag).toLanguageTag();
    }
}
