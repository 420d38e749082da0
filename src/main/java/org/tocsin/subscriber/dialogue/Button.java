package org.tocsin.subscriber.dialogue;

import org.tocsin.base.Message;

/**
 * A button under what the bot says.
 *
 * @param argument of the act; empty for none
 * @param label    what stands on it
 * @param mark     before the label; empty for none
 */
public record Button(Act act, String argument, Message label, String mark) {
    /** What it does. Its name goes into 64 bytes together with an id and a signature, so that it is one letter. */
    public enum Act {
        AGREE("a"),
        DECLINE("n"),
        LANGUAGE("l"),
        TICK("t"),
        TICKED("d"),
        HERE("h"),
        MAIL("m"),
        LEAVE("s"),
        TOPICS("o"),
        DATA("y"),
        ERASE("e"),
        STILL("k"),
        RESTRICT("r"),
        RELEASE("u"),
        OPPOSE("p");

        private final String letter;

        Act(String letter) {
            this.letter = letter;
        }

        /** @return as it travels */
        public String letter() {
            return letter;
        }
    }

    static Button of(Act act, String code) {
        return new Button(act, "", Message.of(code), "");
    }
}
