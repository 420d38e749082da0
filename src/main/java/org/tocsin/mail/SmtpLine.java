package org.tocsin.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Message;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;

/** One connection. A server that does not offer TLS where it is asked for gets neither password nor text. */
final class SmtpLine implements LetterBox.Line {
    private static final Logger log = LoggerFactory.getLogger(SmtpLine.class);
    private static final long CONNECT_MILLIS = 10_000;
    /**
     * RFC 5321, 4.5.3.2.6, lets a server take ten minutes after the final dot. One that takes longer than this leaves the letter unknown, and
     * the connection free for the next.
     */
    private static final long READ_MILLIS = 120_000;
    /** A wrong password is put right by a person: many attempts would only lock the account. */
    private static final Duration AFTER_AUTHENTICATION = Duration.ofMinutes(10);

    private final SmtpSettings settings;
    private final LetterMime mime;
    private final Session session;
    private @Nullable PhasedTransport transport;

    SmtpLine(SmtpSettings settings, SSLSocketFactory sockets, LetterMime mime) {
        this.settings = settings;
        this.mime = mime;
        this.session = Session.getInstance(properties(settings, sockets));
    }

    @Override
    public Posted send(Letter letter) {
        MimeMessage message;
        try {
            if (!LetterMime.isClean(letter)) {
                return new Posted.Refused(Message.of("newsletter.mail.header"), false);
            }
            message = mime.message(session, letter);
        } catch (MessagingException e) {
            log.atWarn().addKeyValue("failure", e.getClass().getSimpleName()).log("a letter could not be written");
            return new Posted.Refused(Message.of("newsletter.mail.header"), false);
        }
        PhasedTransport open;
        try {
            open = connected();
        } catch (MessagingException e) {
            return unconnected(e);
        }
        try {
            open.begin();
            open.sendMessage(message, message.getAllRecipients());
            return new Posted.Taken();
        } catch (MessagingException e) {
            SmtpReply reply = SmtpReply.of(e, open.getLastServerResponse());
            // Without the server's own words, which quote the address.
            log.atInfo()
                    .addKeyValue("host", settings.host())
                    .addKeyValue("phase", open.phase())
                    .addKeyValue("code", reply.code())
                    .log("a letter was not taken");
            return reply.outcome(open.phase());
        }
    }

    private PhasedTransport connected() throws MessagingException {
        PhasedTransport known = transport;
        // Asks by RSET whether the server is still there.
        if (known != null && known.isConnected()) {
            return known;
        }
        close();
        PhasedTransport fresh = new PhasedTransport(session);
        String password =
                settings.password() == null ? null : settings.password().reveal();
        fresh.connect(settings.host(), settings.port(), settings.user(), password);
        transport = fresh;
        return fresh;
    }

    private Posted unconnected(MessagingException e) {
        boolean password = e instanceof AuthenticationFailedException;
        log.atWarn()
                .addKeyValue("host", settings.host())
                .addKeyValue("failure", e.getClass().getSimpleName())
                .log(password ? "the mail server does not know the user or the password" : "no mail server is reached");
        return password
                ? new Posted.Later(Message.of("newsletter.mail.authentication"), AFTER_AUTHENTICATION, true)
                : new Posted.Later(Message.of("newsletter.mail.unreachable"), null, true);
    }

    @Override
    public void close() {
        PhasedTransport known = transport;
        transport = null;
        if (known != null) {
            try {
                known.close();
            } catch (MessagingException e) {
                log.atDebug().setCause(e).log("a connection was broken before it was closed");
            }
        }
    }

    private static Properties properties(SmtpSettings settings, SSLSocketFactory sockets) {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_MILLIS));
        properties.put("mail.smtp.timeout", String.valueOf(READ_MILLIS));
        properties.put("mail.smtp.writetimeout", String.valueOf(READ_MILLIS));
        // Else the name of this machine is looked up, which may take long and is nobody's business.
        properties.put("mail.smtp.localhost", "[127.0.0.1]");
        // Between two letters the server is asked by RSET, which also ends whatever was begun.
        properties.put("mail.smtp.userset", "true");
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        boolean upgrade = settings.encryption() == SmtpSettings.Encryption.STARTTLS;
        properties.put("mail.smtp.starttls.enable", String.valueOf(upgrade));
        properties.put("mail.smtp.starttls.required", String.valueOf(upgrade));
        properties.put("mail.smtp.ssl.enable", String.valueOf(settings.encryption() == SmtpSettings.Encryption.TLS));
        return properties;
    }
}
