package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Words written for both genders: {@code citoyen·ne·s}, {@code élu(e)s}, {@code acteur.rice}, {@code élu-e-s}. */
final class Inclusive {
    private static final int SHORTEST_BASE = 3;
    private static final Set<String> ENDINGS = Set.of(
            "e", "es", "ne", "nes", "te", "tes", "le", "les", "ve", "ves", "se", "ses", "fe", "re", "res", "ere",
            "eres", "rice", "rices", "trice", "trices", "euse", "euses", "esse", "esses", "s", "x");
    /** After a hyphen or a dot, where {@code donne-le} and {@code fin.Le maire} are something else. */
    private static final Set<String> CAUTIOUS =
            Set.of("e", "es", "ne", "nes", "ve", "ves", "rice", "rices", "trice", "trices", "euse", "euses");

    private Inclusive() {}

    /** @return whether a folded piece is such an ending; the plural's {@code s} counts only where {@code first} is false */
    static boolean isEnding(String piece, char mark, boolean first) {
        if (mark == '-' || mark == '.') {
            return CAUTIOUS.contains(piece) || (!first && piece.equals("s"));
        }
        return ENDINGS.contains(piece);
    }

    static boolean isBase(String base) {
        return base.length() >= SHORTEST_BASE && base.chars().allMatch(Character::isLetter);
    }

    /**
     * @param base   folded
     * @param ending folded, the first after the base
     * @return the base, its feminine, and the plurals of both
     */
    static List<String> forms(String base, String ending) {
        List<String> forms = new ArrayList<>();
        forms.add(base);
        if (!base.endsWith("s") && !base.endsWith("x")) {
            forms.add(base + "s");
        }
        if (ending.equals("x")) {
            forms.set(forms.size() - 1, base + "x");
            return forms;
        }
        if (ending.equals("s")) {
            return forms;
        }
        String one = ending.endsWith("s") ? ending.substring(0, ending.length() - 1) : ending;
        if (base.endsWith("s") && ending.endsWith("s")) {
            forms.add(base.substring(0, base.length() - 1));
        }
        String feminine = feminine(base, one);
        forms.add(feminine);
        forms.add(feminine + "s");
        return forms;
    }

    private static String feminine(String base, String ending) {
        String stem = base.endsWith("s") && base.length() > SHORTEST_BASE ? base.substring(0, base.length() - 1) : base;
        return switch (ending) {
            case "rice", "trice" -> cut(stem, ending.equals("rice") ? "eur" : "teur") + ending;
            case "euse" -> cut(stem, "eur") + ending;
            case "se" -> cut(base, "x") + ending;
            case "ve" -> cut(stem, "f") + ending;
            case "ere" -> cut(stem, "er") + ending;
            // premier·e, boulanger·re: the ending repeats what is there
            case "re" -> (stem.endsWith("er") ? cut(stem, "r") : stem) + ending;
            case "fe" -> stem + "e";
            default -> stem + ending;
        };
    }

    private static String cut(String base, String end) {
        return base.endsWith(end) ? base.substring(0, base.length() - end.length()) : base;
    }
}
