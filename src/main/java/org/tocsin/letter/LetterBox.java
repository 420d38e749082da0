package org.tocsin.letter;

/** Hands letters to the organisation's mail server. */
public interface LetterBox {
    /** @return whether a server is set up at all */
    boolean ready();

    /** @return a connection that is opened by its first letter and used for those that follow; of one thread at a time */
    Line open();

    /** Sends one letter on a connection of its own. */
    default Posted send(Letter letter) {
        try (Line line = open()) {
            return line.send(letter);
        }
    }

    /** A connection to the mail server. */
    interface Line extends AutoCloseable {
        /** Sends a letter, once; what was broken is opened anew with the next letter. Never throws for what a server says. */
        Posted send(Letter letter);

        /** Says goodbye; never throws. */
        @Override
        void close();
    }
}
