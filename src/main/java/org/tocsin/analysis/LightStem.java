package org.tocsin.analysis;

/** The ending off a French word: plural, feminine, infinitive. After J. Savoy's minimal stemmer, on folded words. */
public final class LightStem {
    private static final int SHORTEST = 6;

    private LightStem() {}

    /** @return the stem of a folded word; words shorter than six letters are their own */
    public static String of(String form) {
        int size = form.length();
        if (size < SHORTEST) {
            return form;
        }
        if (form.charAt(size - 1) == 'x') {
            return form.startsWith("au", size - 3) ? form.substring(0, size - 2) + "l" : form.substring(0, size - 1);
        }
        for (char ending : new char[] {'s', 'r', 'e'}) {
            if (form.charAt(size - 1) == ending) {
                size--;
            }
        }
        if (form.charAt(size - 1) == form.charAt(size - 2)) {
            size--;
        }
        return form.substring(0, size);
    }
}
