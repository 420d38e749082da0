package org.tocsin.post;

/** How the parts of a thread say which one they are. */
public enum Numbering {
    NONE,
    /** {@code the text (1/3)}. */
    BRACKETS,
    /** {@code 1/3 the text}. */
    PREFIX;

    /**
     * @param part   the text of a part
     * @param number its place, from 1
     * @param total  the number of parts
     * @return the part as it is sent
     */
    public String on(String part, int number, int total) {
        return switch (this) {
            case NONE -> part;
            case BRACKETS -> part + " (" + number + "/" + total + ")";
            case PREFIX -> number + "/" + total + " " + part;
        };
    }
}
