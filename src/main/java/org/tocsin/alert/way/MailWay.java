package org.tocsin.alert.way;

import java.time.Duration;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.recipient.Way;

/** Mail, as plain text: nothing in it can be anything but text. */
public final class MailWay implements WayOut {
    private static final int MOST_SUBJECT = 150;

    private final Mailer mailer;
    private final MailQuota quota;
    private final Bodies bodies;

    /** @param quota asked before each mail */
    public MailWay(Mailer mailer, MailQuota quota) {
        this.mailer = mailer;
        this.quota = quota;
        this.bodies = new Bodies();
    }

    @Override
    public Sent send(Way way, Letter letter, String id) {
        Optional<Duration> wait = quota.take();
        if (wait.isPresent()) {
            return new Sent.Later(Message.of("alerting.mail.quota"), wait.get());
        }
        String subject = Escapes.cut(Escapes.line(letter.title()), MOST_SUBJECT);
        return mailer.send(way.setting("address"), subject, text(letter), id);
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
