package org.tocsin.alert.way;

/** Hands mail to a server that takes it further. */
public interface Mailer {
    /**
     * Sends a mail, once.
     *
     * @param to      an address that was checked
     * @param subject one line
     * @param text    plain
     * @param id      becomes the message id: the same for a mail that is sent again
     */
    Sent send(String to, String subject, String text, String id);
}
