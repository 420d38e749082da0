package org.tocsin.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.way.Mailer;
import org.tocsin.alert.way.Sent;
import org.tocsin.base.Message;

/**
 * Mail by SMTP submission (RFC 6409), one connection for each. A server that does not offer TLS where it is asked for gets neither password
 * nor text.
 */
public final class SmtpMailer implements Mailer {
    private static final Logger log = LoggerFactory.getLogger(SmtpMailer.class);
    private static final long CONNECT_MILLIS = 10_000;
    private static final long READ_MILLIS = 30_000;
    /** A wrong password is put right by a person: many attempts would only lock the account. */
    private static final Duration AFTER_AUTHENTICATION = Duration.ofMinutes(10);

    private final SmtpSettings settings;
    private final SSLSocketFactory sockets;
    private final Clock clock;

    /** @param sockets say which certificates are trusted */
    public SmtpMailer(SmtpSettings settings, SSLSocketFactory sockets, Clock clock) {
        this.settings = settings;
        this.sockets = sockets;
        this.clock = clock;
    }

    /** A message whose id is the one that it was given. */
    private static final class Identified extends MimeMessage {
        private final String messageId;

        Identified(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }

    @Override
    public Sent send(String to, String subject, String text, String id) {
        Session session = Session.getInstance(properties());
        PhasedTransport transport = new PhasedTransport(session);
        try {
            MimeMessage message = message(session, to, subject, text, id);
            String user = settings.user();
            String password =
                    settings.password() == null ? null : settings.password().reveal();
            try (transport) {
                transport.connect(settings.host(), settings.port(), user, password);
                transport.sendMessage(message, message.getAllRecipients());
            }
            return new Sent.Taken();
        } catch (AuthenticationFailedException e) {
            log.atWarn()
                    .addKeyValue("host", settings.host())
                    .log("the mail server does not know the user or the password");
            return new Sent.Later(Message.of("alerting.mail.authentication"), AFTER_AUTHENTICATION, true);
        } catch (MessagingException e) {
            // Without the server's own words, which quote the address.
            log.atInfo()
                    .addKeyValue("host", settings.host())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .addKeyValue("code", code(e))
                    .log("a mail was not taken");
            return outcome(e, transport.phase());
        }
    }

    private static Sent outcome(MessagingException thrown, PhasedTransport.Phase reached) {
        int code = code(thrown);
        if (code >= 500) {
            return new Sent.Refused(Message.of("alerting.mail.refused", "code", code));
        }
        if (code >= 400) {
            return new Sent.Later(Message.of("alerting.mail.later", "code", code), null);
        }
        // Without an answer after the final dot the server may have taken it.
        return reached == PhasedTransport.Phase.DOT
                ? new Sent.Unknown(Message.of("alerting.sent.unknown"), true)
                : new Sent.Later(Message.of("alerting.mail.unreachable"), null, true);
    }

    /** @return what the server answered; 0 where it did not */
    private static int code(MessagingException thrown) {
        Exception one = thrown;
        int code = 0;
        while (one instanceof MessagingException failure) {
            int said = switch (failure) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            code = Math.max(code, said);
            one = failure.getNextException();
        }
        return code;
    }

    private MimeMessage message(Session session, String to, String subject, String text, String id)
            throws MessagingException {
        String domain = settings.from().substring(settings.from().lastIndexOf('@') + 1);
        MimeMessage message = new Identified(session, "<" + id + "@" + domain + ">");
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        // A line end in a header would begin another one.
        message.setSubject(subject.replaceAll("\\p{Cc}", " "), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: nobody's holiday is told to a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(text, StandardCharsets.UTF_8.name(), "plain");
        message.saveChanges();
        return message;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_MILLIS));
        properties.put("mail.smtp.timeout", String.valueOf(READ_MILLIS));
        properties.put("mail.smtp.writetimeout", String.valueOf(READ_MILLIS));
        // Else the name of this machine is looked up, which may take long and is nobody's business.
        properties.put("mail.smtp.localhost", "[127.0.0.1]");
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        boolean upgrade = settings.encryption() == SmtpSettings.Encryption.STARTTLS;
        properties.put("mail.smtp.starttls.enable", String.valueOf(upgrade));
        properties.put("mail.smtp.starttls.required", String.valueOf(upgrade));
        properties.put("mail.smtp.ssl.enable", String.valueOf(settings.encryption() == SmtpSettings.Encryption.TLS));
        return properties;
    }
}
