package org.tocsin.subscriber.dialogue;

import java.util.Set;

/** Something that is to be done, in the transaction in which the update is confirmed. */
public sealed interface Deed {
    /** Signs the account up, to be written to here. */
    record Join(Set<String> topics, String textId) implements Deed {}

    /** Sends a mail that asks for a confirmation. */
    record AskByMail(String address, Set<String> topics, String textId) implements Deed {}

    /** Takes out. */
    record Leave() implements Deed {}

    /** Keeps what was chosen. */
    record Choose(Set<String> topics, String language) implements Deed {}

    /** Sends a mail to another address, to be confirmed there. */
    record Correct(String address) implements Deed {}

    /** Sends what is kept, as a file. */
    record SendData() implements Deed {}

    /** Erases everything. */
    record Erase() implements Deed {}

    /** Keeps the data and uses it for nothing. */
    record Restrict() implements Deed {}

    /** Allows its use again. */
    record Release() implements Deed {}

    /** Objects to letters: they end. */
    record Oppose() implements Deed {}

    /** Letters are still wanted. */
    record Renew() implements Deed {}

    /** Deletes the message in which an address stood. */
    record DeleteMessage() implements Deed {}
}
