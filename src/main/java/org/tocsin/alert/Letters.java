package org.tocsin.alert;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.way.Letter;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.recipient.Dispatch;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Telling;
import org.tocsin.recipient.TellingRepository;
import org.tocsin.watch.Hit;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository;
import org.tocsin.watch.keeping.EpisodeRepository;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchRepository;

/** Writes what is told, in the language of whom it is for, from what the rows say when it is sent. */
public final class Letters {
    private static final int EXCERPT = 500;
    private static final int SHORT = 240;
    /** A digest is read on a phone; what is more is at the desk. */
    private static final int MOST_LINES = 15;

    private final AlertRepository alerts;
    private final EpisodeRepository episodes;
    private final WatchRepository watches;
    private final MentionRepository mentions;
    private final NoticeRepository notices;
    private final TellingRepository tellings;
    private final Messages messages;
    private final AckLinks links;
    private final Optional<URI> publicUrl;

    /**
     * @param links     by which what is read in a mail is acknowledged
     * @param publicUrl at which the desk is reached; empty where it is not known, and letters carry no link
     */
    public Letters(
            AlertRepository alerts,
            EpisodeRepository episodes,
            WatchRepository watches,
            MentionRepository mentions,
            NoticeRepository notices,
            TellingRepository tellings,
            Messages messages,
            AckLinks links,
            Optional<URI> publicUrl) {
        this.alerts = alerts;
        this.episodes = episodes;
        this.watches = watches;
        this.mentions = mentions;
        this.notices = notices;
        this.tellings = tellings;
        this.messages = messages;
        this.links = links;
        this.publicUrl = publicUrl;
    }

    /** @return what a dispatch says; empty where what it was about is gone */
    public Optional<Letter> of(Tx tx, Dispatch dispatch, Recipient to) {
        return switch (dispatch.kind()) {
            case ALERT ->
                alerts.find(tx, dispatch.branch(), dispatch.subject()).map(alert -> alert(tx, alert, dispatch, to));
            case NOTICE -> notices.find(tx, dispatch.subject()).map(notice -> notice(notice, to.language()));
            case DIGEST -> digest(tx, tellings.ofDigest(tx, dispatch.subject()), to.language());
        };
    }

    /** @return what a way is tried with */
    public Letter trial(Recipient to) {
        return new Letter(
                text(Message.of("alerting.test.title"), to.language()),
                List.of(new Letter.Line(
                        text(Message.of("alerting.test.text", "name", to.name()), to.language()), null)),
                desk("/desk/recipients"),
                text(Message.of("alerting.link"), to.language()),
                "test",
                null);
    }

    private Letter alert(Tx tx, Alert alert, Dispatch dispatch, Recipient to) {
        Locale locale = to.language();
        List<Letter.Line> lines = new ArrayList<>();
        if (alert.episode() > 0) {
            episodes.find(tx, alert.watchId(), alert.episode())
                    .ifPresent(one -> lines.add(new Letter.Line(text(one.told(watch(tx, alert)), locale), null)));
        }
        mentions.find(tx, alert.branch(), alert.mentionId()).ifPresent(mention -> {
            lines.add(line(mention, alert.hits(), EXCERPT, locale));
            String words = mention.deletedAt() == null ? Excerpt.words(mention.heard(), alert.hits()) : "";
            if (!words.isEmpty()) {
                lines.add(new Letter.Line(text(Message.of("alerting.words", "words", words), locale), null));
            }
        });
        if (alert.more() > 0) {
            lines.add(new Letter.Line(text(Message.of("alerting.more", "count", alert.more()), locale), null));
        }
        if (alert.push().from() != null) {
            lines.add(new Letter.Line(text(Message.of("alerting.passed"), locale), null));
        }
        String name = watch(tx, alert);
        Message title = alert.push().urgent()
                ? Message.of("alerting.alert.urgent", "watch", name)
                : Message.of("alerting.alert", "watch", name);
        return new Letter(
                text(title, locale),
                lines,
                desk("/desk/alerts/" + alert.id()),
                text(Message.of("alerting.link"), locale),
                "alert",
                alert.id(),
                List.of(
                        new Letter.Action(
                                "seen:" + alert.id(),
                                text(Message.of("alerting.press.seen"), locale),
                                desk("/ack/" + links.token(alert.id(), to.id(), dispatch.createdAt()))),
                        action("mine:" + alert.id(), Message.of("alerting.press.mine"), locale)));
    }

    private String watch(Tx tx, Alert alert) {
        return watches.find(tx, alert.branch(), alert.watchId())
                .map(Watch::name)
                .orElse(alert.watchId());
    }

    private Letter.Line line(Mention mention, List<Hit> hits, int most, Locale locale) {
        if (mention.deletedAt() != null) {
            return new Letter.Line(text(Message.of("alerting.gone"), locale), null);
        }
        HeardItem heard = mention.heard();
        String name = heard.author().name() != null
                ? heard.author().name()
                : heard.author().handle();
        String cut = Excerpt.of(heard, hits, most);
        return new Letter.Line(name == null || name.isBlank() ? cut : name + ": " + cut, heard.url());
    }

    private Letter notice(Notice notice, Locale locale) {
        return new Letter(
                text(Message.of("alerting.notice"), locale),
                List.of(new Letter.Line(text(notice.message(), locale), null)),
                desk(notice.place()),
                text(Message.of("alerting.link"), locale),
                "notice",
                null,
                actions(notice, locale));
    }

    /** What happens to a delivery can be decided where one reads of it; everything can be stopped where something goes wrong. */
    private List<Letter.Action> actions(Notice notice, Locale locale) {
        List<Letter.Action> actions = new ArrayList<>();
        if (notice.kind() == Notices.Kind.UNKNOWN) {
            actions.add(action("there:" + notice.subject(), Message.of("alerting.press.there"), locale));
            actions.add(action("again:" + notice.subject(), Message.of("alerting.press.again"), locale));
        }
        actions.add(action("freeze", Message.of("alerting.press.freeze"), locale));
        return actions;
    }

    private Letter.Action action(String data, Message label, Locale locale) {
        return new Letter.Action(data, text(label, locale), null);
    }

    private Optional<Letter> digest(Tx tx, List<Telling> some, Locale locale) {
        List<Letter.Line> lines = new ArrayList<>();
        int told = 0;
        for (Telling telling : some) {
            Optional<Letter.Line> line = line(tx, telling, locale);
            if (line.isPresent()) {
                told++;
                if (lines.size() < MOST_LINES) {
                    lines.add(line.get());
                }
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (told > lines.size()) {
            lines.add(new Letter.Line(
                    text(Message.of("alerting.digest.more", "count", told - lines.size()), locale), null));
        }
        return Optional.of(new Letter(
                text(Message.of("alerting.digest", "count", told), locale),
                lines,
                desk("/desk/alerts"),
                text(Message.of("alerting.link"), locale),
                "digest",
                null));
    }

    private Optional<Letter.Line> line(Tx tx, Telling telling, Locale locale) {
        return switch (telling.kind()) {
            case NOTICE ->
                notices.find(tx, telling.subject())
                        .map(notice -> new Letter.Line(text(notice.message(), locale), null));
            case ALERT ->
                alerts.find(tx, telling.branch(), telling.subject())
                        .map(alert -> of(tx, alert, telling.branch(), locale));
            // A digest is not told in another one.
            case DIGEST -> Optional.empty();
        };
    }

    private Letter.Line of(Tx tx, Alert alert, BranchId branch, Locale locale) {
        if (alert.episode() > 0) {
            Optional<Letter.Line> episode = episodes.find(tx, alert.watchId(), alert.episode())
                    .map(one -> new Letter.Line(text(one.told(watch(tx, alert)), locale), null));
            if (episode.isPresent()) {
                return episode.get();
            }
        }
        Letter.Line said = mentions.find(tx, branch, alert.mentionId())
                .map(mention -> line(mention, alert.hits(), SHORT, locale))
                .orElse(new Letter.Line("", null));
        return new Letter.Line("[" + watch(tx, alert) + "] " + said.text(), said.url());
    }

    private String text(Message message, Locale locale) {
        return messages.text(message, locale);
    }

    private @Nullable String desk(String path) {
        return publicUrl.map(url -> url.toString().replaceAll("/+$", "") + path).orElse(null);
    }
}
