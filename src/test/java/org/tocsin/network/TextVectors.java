package org.tocsin.network;

import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that networks count differently. */
public final class TextVectors {
    /** 60 characters. */
    static final String LONG_URL = "https://example.org/" + "a".repeat(40);

    private TextVectors() {}

    /** The texts by name, in order. */
    public static Map<String, String> all() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("ascii", "Hello, world");
        texts.put("accents", "Déjà vu à Noël");
        // e + U+0301
        texts.put("combining", "e\u0301te\u0301");
        texts.put("emoji", "👍");
        // man, woman, girl joined
        texts.put("family", "👨\u200D👩\u200D👧");
        texts.put("skin tone", "👍🏽");
        texts.put("flag", "🇫🇷🇧🇪");
        texts.put("keycap", "1\uFE0F\u20E3");
        texts.put("cjk", "東京都で集会");
        texts.put("lines", "a\nb\n\nc");
        texts.put("french", "«\u202FOui\u202F!\u202F» l’été");
        texts.put("long url", "Voir " + LONG_URL + ".");
        texts.put("short url", "http://a.fr");
        texts.put("mention", "merci @alice");
        texts.put("remote mention", "merci @alice@social.example !");
        texts.put("hashtag", "#Démocratie vive");
        return texts;
    }

    /** A text of that name. */
    public static String text(String name) {
        String text = all().get(name);
        if (text == null) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }
}
