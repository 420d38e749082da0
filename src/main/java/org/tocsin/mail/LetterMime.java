package org.tocsin.mail;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tocsin.letter.Letter;

/** Makes a message of a letter: plain text and HTML of the same words, in UTF-8, with no line longer than 998 octets (RFC 5322, 2.1.1). */
final class LetterMime {
    private static final String UTF8 = StandardCharsets.UTF_8.name();
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}|[\u2028\u2029]");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,200}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,60}");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    private final String from;
    private final String name;
    private final Clock clock;

    LetterMime(String from, String name, Clock clock) {
        this.from = from;
        this.name = name;
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

    /** @return whether nothing in a header could end it and begin another one */
    static boolean isClean(Letter letter) {
        return ID.matcher(letter.id()).matches()
                && Stream.concat(
                                Stream.of(letter.to(), letter.subject(), letter.language()),
                                letter.headers().values().stream())
                        .noneMatch(value -> CONTROL.matcher(value).find())
                && ASCII.matcher(letter.to()).matches()
                && letter.headers().keySet().stream()
                        .allMatch(key -> NAME.matcher(key).matches());
    }

    MimeMessage message(Session session, Letter letter) throws MessagingException {
        String domain = from.substring(from.lastIndexOf('@') + 1);
        MimeMessage message = new Identified(session, "<" + letter.id() + "@" + domain + ">");
        message.setFrom(sender());
        message.setRecipient(RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), UTF8);
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: nobody's holiday is told to a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", letter.language());
        for (Map.Entry<String, String> header : letter.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        String html = letter.html();
        if (html == null) {
            message.setText(letter.text(), UTF8, "plain");
            message.setHeader("Content-Transfer-Encoding", "quoted-printable");
        } else {
            // What is preferred comes last (RFC 2046, 5.1.4).
            message.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), shown(html, letter)));
        }
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String sort) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF8, sort);
        // Lines of at most 76 characters, whatever the words are.
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** HTML with what it shows (RFC 2387), or alone. */
    private static MimeBodyPart shown(String html, Letter letter) throws MessagingException {
        if (letter.pictures().isEmpty()) {
            return part(html, "html");
        }
        MimeMultipart related = new MimeMultipart("related", part(html, "html"));
        for (Letter.Picture picture : letter.pictures()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(
                    new DataHandler(new FileDataSource(picture.file().toFile())));
            part.setHeader("Content-Type", picture.type());
            part.setHeader("Content-Transfer-Encoding", "base64");
            part.setHeader("Content-ID", "<" + picture.cid() + ">");
            part.setDisposition(Part.INLINE);
            related.addBodyPart(part);
        }
        MimeBodyPart whole = new MimeBodyPart();
        whole.setContent(related);
        return whole;
    }

    private InternetAddress sender() throws MessagingException {
        String clean = CONTROL.matcher(name).replaceAll(" ").strip();
        InternetAddress address = new InternetAddress(from, true);
        if (!clean.isEmpty()) {
            try {
                address.setPersonal(clean, UTF8);
            } catch (UnsupportedEncodingException e) {
                throw new MessagingException("UTF-8", e);
            }
        }
        return address;
    }
}
