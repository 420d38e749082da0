package org.tocsin.subscriber.dialogue;

/** What somebody did in a private chat with the bot. */
public sealed interface Heard {
    /**
     * A command.
     *
     * @param name     without the slash, in lower case
     * @param argument what follows; empty for nothing
     */
    record Command(String name, String argument) implements Heard {}

    /** Other words. */
    record Words(String text) implements Heard {}

    /** A button of ours, whose signature was right. */
    record Press(Button.Act act, String argument) implements Heard {}

    /** A picture, a voice, a sticker: nothing that can be understood. */
    record Something() implements Heard {}
}
