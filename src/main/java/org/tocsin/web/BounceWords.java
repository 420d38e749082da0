package org.tocsin.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.Message;
import org.tocsin.newsletter.Bounce;
import org.tocsin.subscriber.Subscriber.Reach;

/** What a code of a mail server means, in plain words (RFC 3463, 3). */
public final class BounceWords {
    private static final Pattern ENHANCED = Pattern.compile("[45]\\.(\\d{1,3})\\.(\\d{1,3})");

    private BounceWords() {}

    /** @return why a letter came back */
    public static Message why(Bounce one) {
        return switch (one.kind()) {
            case COMPLAINED -> Message.of("newsletter.bounce.complained");
            case DELAYED -> Message.of("newsletter.bounce.delayed");
            case BOUNCED ->
                one.reach() == Reach.TELEGRAM ? Message.of("newsletter.bounce.blocked") : status(one.status());
            case REFUSED -> status(one.status());
        };
    }

    private static Message status(String status) {
        Matcher code = ENHANCED.matcher(status);
        if (!code.find()) {
            return Message.of("newsletter.bounce.unsaid");
        }
        String detail = code.group(1) + "." + code.group(2);
        return switch (detail) {
            case "1.1", "1.3" -> Message.of("newsletter.bounce.nobody");
            case "1.2", "1.10" -> Message.of("newsletter.bounce.domain");
            case "1.6" -> Message.of("newsletter.bounce.moved");
            case "2.1" -> Message.of("newsletter.bounce.closed");
            case "2.2", "3.1" -> Message.of("newsletter.bounce.full");
            case "2.3", "3.4" -> Message.of("newsletter.bounce.large");
            case "7.1", "7.0" -> Message.of("newsletter.bounce.policy");
            case "1.7", "1.8", "7.20", "7.23", "7.25", "7.26", "7.27" -> Message.of("newsletter.bounce.sender");
            default -> subject(code.group(1));
        };
    }

    private static Message subject(String subject) {
        return switch (subject) {
            case "1" -> Message.of("newsletter.bounce.address");
            case "2" -> Message.of("newsletter.bounce.mailbox");
            case "3", "5" -> Message.of("newsletter.bounce.server");
            case "4" -> Message.of("newsletter.bounce.network");
            case "6" -> Message.of("newsletter.bounce.content");
            case "7" -> Message.of("newsletter.bounce.policy");
            default -> Message.of("newsletter.bounce.unsaid");
        };
    }

    /** @return what was done about it */
    public static Message done(Bounce one) {
        return switch (one.done()) {
            case STRUCK -> Message.of("newsletter.bounce.struck");
            case PAUSED -> Message.of("newsletter.bounce.paused");
            case NOTHING ->
                one.kind() == Bounce.Kind.DELAYED
                        ? Message.of("newsletter.bounce.waits")
                        : Message.of("newsletter.bounce.nothing");
        };
    }
}
