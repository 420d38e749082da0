package org.tocsin.web.desk;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.BestHours;
import org.tocsin.audience.DailyGrowth;
import org.tocsin.audience.EngagementCsv;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.Growth;
import org.tocsin.audience.Median;
import org.tocsin.audience.Period;
import org.tocsin.audience.PostMetrics;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.audience.keeping.Engagements;
import org.tocsin.base.LocalNumbers;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.post.Post;
import org.tocsin.publishing.PostRepository;

/** Posts beside the growth of the same days, hours by how posts were answered, and channels beside each other. It says when, never why. */
final class PostsAndGrowth {
    /** A page stays small: a quarter of days, and of each a few posts. */
    private static final int DAYS = 92;

    private static final int POSTS = 5;
    private static final int LETTERS = 40;

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final Engagements engagements;

    PostsAndGrowth(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.engagements = parts.engagements();
    }

    private static Engagements.Days days(Period period) {
        return new Engagements.Days(period.from().plusDays(1), period.to(), null);
    }

    /** @return what is out of the period, for {@link #tables} and {@link #offsets} */
    List<EngagementRepository.Out> out(Visit visit, Period period) {
        return engagements.out(visit.actor(), days(period));
    }

    /** @return the days on which something went out on a channel, counted from the first of the period */
    List<Long> offsets(List<EngagementRepository.Out> out, String channel, Period period) {
        return List.copyOf(out.stream()
                .filter(one -> one.channelId().equals(channel))
                .map(one -> ChronoUnit.DAYS.between(period.from(), engagements.day(one.publishedAt())))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** @return the last readings of the period's posts, as a table */
    String answers(Visit visit, Period period) {
        List<EngagementRepository.Of> rows = engagements.all(visit.actor(), days(period));
        Map<String, String> texts = unitOfWork
                .read(tx -> posts.find(
                        tx,
                        visit.user().branch(),
                        rows.stream().map(one -> one.row().postId()).collect(Collectors.toSet())))
                .values()
                .stream()
                .collect(Collectors.toMap(Post::id, post -> Rows.shorten(post.text())));
        return EngagementCsv.write(rows, texts);
    }

    /** @return when posts of the period were answered more than usual */
    BestHours best(Visit visit, Period period) {
        return BestHours.of(engagements.comparable(visit.actor(), days(period)));
    }

    AnswersTables tables(Visit visit, List<Audiences.Of> all, List<EngagementRepository.Out> out, Period period) {
        List<BestHours.Seen> seen = engagements.comparable(visit.actor(), days(period));
        BestHours best = BestHours.of(seen);
        Map<String, List<Double>> byChannel = seen.stream()
                .collect(Collectors.groupingBy(
                        BestHours.Seen::channelId,
                        Collectors.mapping(BestHours.Seen::engagement, Collectors.toList())));
        List<AnswersTables.Day> days = byDay(visit, all, out);
        List<List<String>> hours = new ArrayList<>();
        for (int i = 0; i < best.hours().size(); i++) {
            int from = i * BestHours.BLOCK;
            String name = visit.t("desk.hours.block", "from", from, "to", from + BestHours.BLOCK);
            hours.add(rated(visit, name, best.hours().get(i)));
        }
        List<List<String>> weekdays = new ArrayList<>();
        Locale locale = visit.locale().getLanguage().equals("fr") ? Locale.FRENCH : Locale.UK;
        for (DayOfWeek day : DayOfWeek.values()) {
            weekdays.add(rated(
                    visit,
                    day.getDisplayName(TextStyle.FULL, locale),
                    best.weekdays().get(day.getValue() - 1)));
        }
        return new AnswersTables(
                all.stream()
                        .map(one -> channel(
                                visit, one, byChannel.getOrDefault(one.channel().id(), List.of())))
                        .toList(),
                days.stream().limit(DAYS).toList(),
                days.size() > DAYS,
                hours,
                weekdays,
                best.posts(),
                best.leftOut());
    }

    private static List<String> rated(Visit visit, String name, BestHours.Slot slot) {
        Optional<Median> ratio = slot.ratio();
        return List.of(
                name,
                LocalNumbers.text(slot.posts(), visit.locale()),
                ratio.map(one -> visit.t("desk.hours.usual", "percent", percent(visit, one.value())))
                        .orElse(slot.posts() == 0 ? Answers.UNKNOWN : visit.t("desk.hours.few")),
                ratio.map(one -> visit.t(
                                "desk.hours.interval",
                                "low",
                                percent(visit, one.low()),
                                "high",
                                percent(visit, one.high())))
                        .orElse(Answers.UNKNOWN));
    }

    private static String percent(Visit visit, double ratio) {
        return LocalNumbers.text(Math.round(ratio * 100), visit.locale());
    }

    private static List<String> channel(Visit visit, Audiences.Of of, List<Double> engaged) {
        Optional<Median> median = Median.of(engaged);
        return List.of(
                AudiencePage.name(visit, of),
                end(visit, of.growth(), true),
                end(visit, of.growth(), false),
                net(visit, of.growth()),
                percent(visit, of.growth()),
                net(visit, of.before()),
                LocalNumbers.text(engaged.size(), visit.locale()),
                median.map(one -> visit.t(
                                "desk.compare.median",
                                "median",
                                number(visit, one.value()),
                                "low",
                                number(visit, one.low()),
                                "high",
                                number(visit, one.high())))
                        .orElse(engaged.isEmpty() ? Answers.UNKNOWN : visit.t("desk.hours.few")));
    }

    /** A median of two whole numbers can end in a half; beside answers of people that is no precision worth showing. */
    private static String number(Visit visit, double value) {
        return LocalNumbers.text(Math.round(value), visit.locale());
    }

    private static String end(Visit visit, @Nullable Growth growth, boolean opening) {
        return growth == null
                ? Answers.UNKNOWN
                : AudiencePage.figure(visit, opening ? growth.opening() : growth.closing());
    }

    private static String net(Visit visit, @Nullable Growth growth) {
        return growth == null ? Answers.UNKNOWN : LocalNumbers.signed(growth.net(), visit.locale());
    }

    private static String percent(Visit visit, @Nullable Growth growth) {
        return growth == null || growth.percent().isEmpty()
                ? Answers.UNKNOWN
                : LocalNumbers.percent(growth.percent().getAsDouble(), visit.locale());
    }

    private List<AnswersTables.Day> byDay(Visit visit, List<Audiences.Of> all, List<EngagementRepository.Out> out) {
        Map<LocalDate, Long> net =
                DailyGrowth.of(all.stream().map(Audiences.Of::days).toList());
        TreeMap<LocalDate, Map<String, List<EngagementRepository.Out>>> byDay = new TreeMap<>();
        net.keySet().forEach(day -> byDay.put(day, new LinkedHashMap<>()));
        Map<String, LocalDate> first = new LinkedHashMap<>();
        for (EngagementRepository.Out one : out) {
            // What went out on several channels on two days stands on the first.
            LocalDate day = first.computeIfAbsent(one.postId(), post -> engagements.day(one.publishedAt()));
            byDay.computeIfAbsent(day, key -> new LinkedHashMap<>())
                    .computeIfAbsent(one.postId(), post -> new ArrayList<>())
                    .add(one);
        }
        return unitOfWork.read(tx -> byDay.descendingMap().entrySet().stream()
                .limit(DAYS + 1L)
                .map(entry -> new AnswersTables.Day(
                        visit.day(entry.getKey()),
                        Optional.ofNullable(net.get(entry.getKey()))
                                .map(number -> LocalNumbers.signed(number, visit.locale()))
                                .orElse(Answers.UNKNOWN),
                        entry.getValue().entrySet().stream()
                                .limit(POSTS)
                                .map(post -> post(tx, visit, post.getKey(), post.getValue()))
                                .toList(),
                        Math.max(0, entry.getValue().size() - POSTS)))
                .toList());
    }

    private AnswersTables.Out post(Tx tx, Visit visit, String id, List<EngagementRepository.Out> out) {
        String text = posts.find(tx, visit.user().branch(), id)
                .map(post -> shortened(post.text()))
                .orElse("");
        List<Long> engaged = out.stream()
                .map(EngagementRepository.Out::latest)
                .flatMap(latest -> engagement(latest).stream().boxed())
                .toList();
        return new AnswersTables.Out(
                id,
                text.isEmpty() ? id : text,
                engaged.isEmpty()
                        ? Answers.UNKNOWN
                        : LocalNumbers.text(
                                engaged.stream().mapToLong(Long::longValue).sum(), visit.locale()));
    }

    private static OptionalLong engagement(@Nullable PostMetrics latest) {
        return latest == null ? OptionalLong.empty() : latest.counts().engagement();
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LETTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LETTERS - 1)) + "…";
    }
}
