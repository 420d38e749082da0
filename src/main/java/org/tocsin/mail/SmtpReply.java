package org.tocsin.mail;

import jakarta.mail.MessagingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.letter.Posted;

/**
 * What a server said to a letter.
 *
 * @param code     of RFC 5321; 0 where it said nothing that can be read
 * @param enhanced of RFC 3463, such as {@code 5.1.1}; empty for none
 * @param policy   whether its words speak of who may send, and not of who reads
 */
record SmtpReply(int code, String enhanced, boolean policy) {
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    private static final Pattern POLICY = Pattern.compile(
            "(?i)relay|polic|spam|black|block|denied|permit|allowed|authenti|reject|listed|reputation|prohibit");

    /** @param said the last that was read from the server */
    static SmtpReply of(MessagingException thrown, @Nullable String said) {
        Exception one = thrown;
        int code = 0;
        String words = said == null ? "" : said;
        while (one instanceof MessagingException failure) {
            int told = switch (failure) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (told > code) {
                code = told;
                words = failure.getMessage() == null ? words : failure.getMessage();
            }
            one = failure.getNextException();
        }
        Matcher matcher = ENHANCED.matcher(words);
        return new SmtpReply(
                code,
                matcher.find() ? matcher.group(1) : "",
                POLICY.matcher(words).find());
    }

    /** @param phase in which it was said, or in which the connection ended */
    Posted outcome(PhasedTransport.Phase phase) {
        if (code == 421) {
            // The server closes the channel (RFC 5321, 3.8): the next letter would fare the same.
            return new Posted.Later(Message.of("newsletter.mail.later", "code", said()), null, true);
        }
        if (code >= 500) {
            // Who sends is the same for all: a letter more would only be one refusal more, and a person can mend it.
            return phase == PhasedTransport.Phase.SENDER && code != 552
                    ? new Posted.Later(Message.of("newsletter.mail.sender", "code", said()), null, true)
                    : new Posted.Refused(Message.of("newsletter.mail.refused", "code", said()), aboutAddress(phase));
        }
        if (code >= 400) {
            return new Posted.Later(
                    Message.of("newsletter.mail.later", "code", said()), null, phase == PhasedTransport.Phase.SENDER);
        }
        return phase == PhasedTransport.Phase.DOT
                ? new Posted.Unknown(Message.of("newsletter.mail.unknown"))
                : new Posted.Later(Message.of("newsletter.mail.broken"), null, false);
    }

    /**
     * An enhanced code says what it is about; a bare one says so only to RCPT, and there too it may be the server's policy (RFC 5321, 4.2.3: 550 is
     * also "command rejected for policy reasons"): a server that is set up wrong must not cost a reader.
     */
    private boolean aboutAddress(PhasedTransport.Phase phase) {
        if (!enhanced.isEmpty()) {
            return EnhancedStatus.aboutAddress(enhanced);
        }
        return !policy && phase == PhasedTransport.Phase.RECIPIENT && (code == 550 || code == 551 || code == 553);
    }

    private String said() {
        return enhanced.isEmpty() ? String.valueOf(code) : code + " " + enhanced;
    }
}
