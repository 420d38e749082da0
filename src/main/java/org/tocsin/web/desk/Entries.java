package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.post.Post;
import org.tocsin.publishing.CalendarRepository.Planned;
import org.tocsin.publishing.PostRepository;

/** Makes of deliveries the posts that a calendar shows: each once, with its channels and the state that asks most of people. */
final class Entries {
    private static final int SHOWN = 90;

    private final PostRepository posts;
    private final Clock clock;
    private final ZoneId zone;

    Entries(PostRepository posts, Clock clock, ZoneId zone) {
        this.posts = posts;
        this.clock = clock;
        this.zone = zone;
    }

    /** A post whose text has not been read: of thousands only some are shown. */
    record Found(Instant at, List<Planned> deliveries) {
        String postId() {
            return deliveries.getFirst().postId();
        }
    }

    /** @return the posts by their day, earliest first */
    Map<LocalDate, List<Found>> byDay(List<Planned> planned) {
        Map<String, List<Planned>> byPost = new LinkedHashMap<>();
        planned.forEach(one ->
                byPost.computeIfAbsent(one.postId(), id -> new ArrayList<>()).add(one));
        Map<LocalDate, List<Found>> byDay = new LinkedHashMap<>();
        byPost.values().stream()
                .map(all -> new Found(all.getFirst().dueAt(), all))
                .forEach(found -> byDay.computeIfAbsent(LocalDate.ofInstant(found.at(), zone), day -> new ArrayList<>())
                        .add(found));
        return byDay;
    }

    /** @param names of the channels */
    List<Entry> of(Tx tx, Visit visit, List<Found> found, Map<String, String> names) {
        Map<String, Post> known = posts.find(
                tx, visit.user().branch(), found.stream().map(Found::postId).toList());
        return found.stream()
                .flatMap(one -> Optional.ofNullable(known.get(one.postId())).stream()
                        .map(post -> entry(visit, one, post, names)))
                .toList();
    }

    private Entry entry(Visit visit, Found found, Post post, Map<String, String> names) {
        LocalDateTime local = LocalDateTime.ofInstant(found.at(), zone);
        Standing standing = found.deliveries().stream()
                .map(this::standing)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean waits = found.deliveries().stream().allMatch(one -> switch (one.state()) {
            case SCHEDULED, DUE -> true;
            default -> false;
        });
        return new Entry(
                post.id(),
                post.version(),
                local.toLocalDate().toString(),
                local.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString(),
                own(post, found.at(), local.toLocalDate()),
                visit.hour(found.at()),
                shorten(post.text()),
                standing.kind,
                standing.sign,
                visit.said(standing.word()),
                found.deliveries().stream()
                        .map(one -> new Entry.On(
                                one.network(),
                                Marks.letter(one.network()),
                                names.getOrDefault(one.channelId(), one.channelId())))
                        .toList(),
                waits && visit.may("POST"));
    }

    private Entry.@Nullable Own own(Post post, Instant at, LocalDate day) {
        if (post.zone() == null || post.localTime() == null || post.zone().equals(zone.getId())) {
            return null;
        }
        LocalDateTime there = LocalDateTime.ofInstant(at, ZoneId.of(post.zone()));
        return new Entry.Own(
                there.toLocalDate().toString(),
                there.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString(),
                post.zone(),
                ChronoUnit.DAYS.between(day, there.toLocalDate()));
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }

    /** What asks most of people comes first. */
    private enum Standing {
        UNKNOWN("care", "?"),
        HELD("care", "!"),
        LATE("wrong", "!"),
        FAILED("wrong", "✕"),
        AWAITING("care", "✎"),
        MOVING("waiting", "…"),
        SCHEDULED("waiting", "◷"),
        PUBLISHED("good", "✓");

        private final String kind;
        private final String sign;

        Standing(String kind, String sign) {
            this.kind = kind;
            this.sign = sign;
        }

        Message word() {
            return switch (this) {
                case UNKNOWN -> Message.of("desk.calendar.unknown");
                case HELD -> Message.of("desk.calendar.held");
                case LATE -> Message.of("desk.calendar.late");
                case FAILED -> Message.of("desk.calendar.failed");
                case AWAITING -> Message.of("desk.calendar.awaiting");
                case MOVING -> Message.of("desk.calendar.moving");
                case SCHEDULED -> Message.of("desk.calendar.scheduled");
                case PUBLISHED -> Message.of("desk.calendar.published");
            };
        }
    }

    private Standing standing(Planned one) {
        boolean late = one.state().inLine() && one.expectedAt().plus(Rows.LATE).isBefore(clock.instant());
        return late
                ? Standing.LATE
                : switch (one.state()) {
                    case UNKNOWN -> Standing.UNKNOWN;
                    case HELD -> Standing.HELD;
                    case REFUSED, EXHAUSTED -> Standing.FAILED;
                    case SCHEDULED -> one.awaiting() ? Standing.AWAITING : Standing.SCHEDULED;
                    case DUE, PREPARING, SENDING, WAITING -> Standing.MOVING;
                    case PUBLISHED, CANCELLED, DELETED -> Standing.PUBLISHED;
                };
    }
}
