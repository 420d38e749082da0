package org.tocsin.watch;

/** Words that a watch's author wrote in capitals because they are acronyms. */
final class Acronyms {
    /** Longer words in capitals are shouted. */
    private static final int LONGEST = 4;

    private Acronyms() {}

    /** @return whether its letters are all capitals, and one to four */
    static boolean is(String word) {
        // l'AI is the acronym, whatever the article's case.
        String bare = word.substring(Math.max(word.lastIndexOf('\''), word.lastIndexOf('’')) + 1);
        long letters = bare.codePoints().filter(Character::isLetter).count();
        boolean capitals = bare.codePoints().filter(Character::isLetter).allMatch(Character::isUpperCase);
        // C++ and C# are names with a sign, which nobody takes for a word.
        boolean plain = bare.chars().noneMatch(c -> "+#$&".indexOf(c) >= 0);
        return plain && capitals && letters > 0 && letters <= LONGEST;
    }
}
