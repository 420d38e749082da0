package org.tocsin.mail;

import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;
import org.tocsin.letter.LetterBox;

/** Letters by SMTP submission (RFC 6409): one connection for many, reset between two, opened anew when it is broken. */
public final class SmtpLetters implements LetterBox {
    private final SmtpSettings settings;
    private final SSLSocketFactory sockets;
    private final String name;
    private final Clock clock;

    /**
     * @param sockets say which certificates are trusted
     * @param name    of the sender, beside the address in From; empty for none
     */
    public SmtpLetters(SmtpSettings settings, SSLSocketFactory sockets, String name, Clock clock) {
        this.settings = settings;
        this.sockets = sockets;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Line open() {
        return new SmtpLine(settings, sockets, new LetterMime(settings.from(), name, clock));
    }
}
