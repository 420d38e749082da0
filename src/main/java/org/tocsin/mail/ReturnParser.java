package org.tocsin.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.letter.Returned;

/**
 * Reads delivery status notifications (RFC 3464, within the multipart/report of RFC 6522) and abuse reports (RFC 5965). Texts for people are
 * not read: each server words them in its own way, and anybody can write one.
 */
final class ReturnParser {
    /** A report has three parts; what is longer or deeper is no report. */
    private static final int MOST_PARTS = 10;

    private static final int MOST_BYTES = 200_000;
    private static final Pattern ID = Pattern.compile("<([^<>@\\s]{1,200})@[^<>@\\s]{1,255}>");
    private static final Pattern STATUS = Pattern.compile("([245])\\.\\d{1,3}\\.\\d{1,3}");

    private ReturnParser() {}

    /** @return empty for what is no report of a machine about a letter */
    static Optional<Returned> read(Part message) throws MessagingException, IOException {
        ContentType type = type(message);
        if (type == null || !type.match("multipart/report") || !(message.getContent() instanceof Multipart report)) {
            return Optional.empty();
        }
        String status = "";
        Returned.@Nullable Kind kind = null;
        String letter = "";
        for (int i = 0; i < Math.min(report.getCount(), MOST_PARTS); i++) {
            BodyPart part = report.getBodyPart(i);
            ContentType of = type(part);
            if (of == null) {
                continue;
            }
            if (of.match("message/delivery-status")) {
                for (InternetHeaders group : groups(part)) {
                    Matcher code = STATUS.matcher(first(group, "Status"));
                    String action = first(group, "Action").toLowerCase(Locale.ROOT);
                    if (code.lookingAt() && (action.equals("failed") || action.equals("delayed"))) {
                        status = code.group();
                        kind = kind(action, status);
                    }
                }
            } else if (of.match("message/feedback-report")) {
                boolean abuse = groups(part).stream()
                        .anyMatch(group -> first(group, "Feedback-Type").equalsIgnoreCase("abuse"));
                kind = abuse ? Returned.Kind.COMPLAINED : kind;
            } else if (of.match("message/rfc822") || of.match("text/rfc822-headers")) {
                letter = letter(part);
            }
        }
        return kind == null || letter.isEmpty() ? Optional.empty() : Optional.of(new Returned(letter, kind, status));
    }

    /** A server that has failed tries no more, also where what kept it was to pass (RFC 3464, 2.3.3): 4.4.7 is said after days of trying. */
    private static Returned.Kind kind(String action, String status) {
        if (!action.equals("failed")) {
            return Returned.Kind.DELAYED;
        }
        return status.startsWith("5") && EnhancedStatus.aboutAddress(status)
                ? Returned.Kind.BOUNCED
                : Returned.Kind.REFUSED;
    }

    private static @Nullable ContentType type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType());
        } catch (jakarta.mail.internet.ParseException e) {
            return null;
        }
    }

    private static String first(InternetHeaders headers, String name) {
        String value = headers.getHeader(name, null);
        return value == null ? "" : value.strip();
    }

    /** Headers of the original: its message id names our letter. */
    private static String letter(BodyPart part) throws MessagingException, IOException {
        Matcher id = ID.matcher(first(new InternetHeaders(new ByteArrayInputStream(bytes(part))), "Message-ID"));
        return id.find() ? id.group(1) : "";
    }

    /** A status has a group of headers for the message, and one for each recipient, with an empty line between. */
    private static List<InternetHeaders> groups(BodyPart part) throws MessagingException, IOException {
        List<InternetHeaders> groups = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(bytes(part));
        while (in.available() > 0 && groups.size() < MOST_PARTS) {
            groups.add(new InternetHeaders(in));
        }
        return groups;
    }

    private static byte[] bytes(BodyPart part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readNBytes(MOST_BYTES);
        }
    }
}
