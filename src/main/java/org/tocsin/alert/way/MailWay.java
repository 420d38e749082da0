package org.tocsin.alert.way;

import java.time.Duration;
import org.tocsin.base.Message;
import org.tocsin.recipient.Way;

/** Mail, as plain text: nothing in it can be anything but text. */
public final class MailWay implements WayOut {
    private static final int MOST_SUBJECT = 150;

    private final Mailer mailer;
    private final MailQuota quota;
    private final Bodies bodies;

    /** @param quota asked before each mail; what surely did not leave is given back */
    public MailWay(Mailer mailer, MailQuota quota) {
        this.mailer = mailer;
        this.quota = quota;
        this.bodies = new Bodies();
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        return switch (quota.take()) {
            case MailQuota.Denied(Duration delay) -> new Sent.Later(Message.of("alerting.mail.quota"), delay, true);
            case MailQuota.Granted granted -> {
                Sent sent = mailer.send(
                        way.setting("address"),
                        Escapes.cut(Escapes.line(letter.title()), MOST_SUBJECT),
                        text(letter),
                        id);
                // What nobody knows may have left.
                if (!(sent instanceof Sent.Taken || sent instanceof Sent.Unknown)) {
                    quota.giveBack(granted);
                }
                yield sent;
            }
        };
    }

    /** A mail has no buttons: what can be done has an address of its own. */
    private String text(Letter letter) {
        StringBuilder text = new StringBuilder(bodies.plain(letter));
        for (Letter.Action action : letter.actions()) {
            String url = Escapes.url(action.url());
            if (url != null) {
                text.append("\n\n")
                        .append(Escapes.line(action.label()))
                        .append(' ')
                        .append(url);
            }
        }
        return text.toString();
    }
}
