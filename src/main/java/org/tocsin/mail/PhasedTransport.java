package org.tocsin.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The library's transport, which also knows how far a letter came: only before the final dot is a broken connection sure to have delivered
 * nothing (RFC 5321, 4.1.1.4 and 6.1).
 */
final class PhasedTransport extends SMTPTransport {
    /** How far a letter came. */
    enum Phase {
        /** No letter was begun. */
        IDLE,
        /** The server is told who sends. */
        SENDER,
        /** The server is told who receives. */
        RECIPIENT,
        /** The text is on its way. */
        DATA,
        /** The final dot is on its way, or further: from here on the server may have taken it. */
        DOT
    }

    private Phase phase;

    PhasedTransport(Session session) {
        super(session, new URLName("smtp", null, -1, null, null, null));
        this.phase = Phase.IDLE;
    }

    Phase phase() {
        return phase;
    }

    /** Forgets the letter before. */
    void begin() {
        phase = Phase.IDLE;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        phase = Phase.SENDER;
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        phase = Phase.RECIPIENT;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        phase = Phase.DATA;
        return super.data();
    }

    @Override
    protected void finishData() throws java.io.IOException, MessagingException {
        phase = Phase.DOT;
        super.finishData();
    }
}
