package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.people.Actor;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Explainer;
import org.tocsin.watch.Explanation;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Hit;
import org.tocsin.watch.Plan;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WatchQuery;
import org.tocsin.watch.WordLists;

/** Tries words on what was heard, before they are saved; by the very plan that would ring. Nothing rings. */
public final class Trial {
    private static final int SAMPLES = 20;
    private static final int NOISY = 10;
    private static final int PAGE = 500;
    /** Read at most, newest first: what lies further back is told as not covered. */
    static final int MOST = 50_000;

    private static final int DAYS_A_WEEK = 7;

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final AlertRepository alerts;
    private final Analysis analysis;
    private final WatchLanguage language;
    private final WordLists lists;
    private final ZoneId zone;

    public Trial(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            AlertRepository alerts,
            Analysis analysis,
            WatchLanguage language,
            WordLists lists,
            ZoneId zone) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.alerts = alerts;
        this.analysis = analysis;
        this.language = language;
        this.lists = lists;
        this.zone = zone;
    }

    /** A mention that would have rung, with the places that match. */
    public record Sample(Mention mention, List<Hit> hits) {}

    /**
     * What was heard of a source in the time that was asked for.
     *
     * @param complete whether it was listened to from the first moment, and everything was read
     */
    public record Covered(String sourceId, Instant from, Instant to, boolean complete) {}

    /**
     * What came of a trial.
     *
     * @param read          how many mentions were read
     * @param hits          how many of them match
     * @param days          hits of each day of the zone that has some
     * @param samples       the newest
     * @param authors       who would ring most, with how often
     * @param alertsPerWeek stories a week, over the days asked for
     */
    public record Outcome(
            int read,
            int hits,
            Map<LocalDate, Integer> days,
            List<Sample> samples,
            Map<String, Integer> authors,
            double alertsPerWeek,
            List<Covered> coverage) {}

    /** @throws FaultException INVALID where the words cannot be a watch */
    public Outcome test(Actor actor, String query, Instant from, Instant to) {
        Plan plan = Plan.of(valid(query), analysis, lists);
        Map<String, Source> known = unitOfWork.read(tx -> sources.all(tx, actor.branch())).stream()
                .collect(Collectors.toMap(Source::id, one -> one));
        Map<LocalDate, Integer> days = new TreeMap<>();
        Map<String, Integer> authors = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        Set<String> stories = new HashSet<>();
        int read = 0;
        int hits = 0;
        String after = "";
        @Nullable Instant reached = null;
        while (read < MOST) {
            String place = after;
            List<Mention> page = unitOfWork.read(tx -> mentions.page(tx, actor.branch(), null, place, PAGE));
            for (Mention mention : page) {
                read++;
                reached = mention.heardAt();
                if (mention.at().isBefore(from) || mention.at().isAfter(to)) {
                    continue;
                }
                Source source = known.get(mention.sourceId());
                Heard words = Heard.of(Items.of(mention, source == null ? "" : source.network()), analysis);
                if (plan.matches(words)) {
                    hits++;
                    days.merge(LocalDate.ofInstant(mention.at(), zone), 1, Integer::sum);
                    authors.merge(author(mention), 1, Integer::sum);
                    List<String> names = StoryNames.of(mention.heard(), words);
                    if (names.isEmpty() || names.stream().noneMatch(stories::contains)) {
                        stories.add("mention:" + mention.id());
                    }
                    stories.addAll(names);
                    if (samples.size() < SAMPLES) {
                        samples.add(new Sample(mention, plan.hits(words)));
                    }
                }
            }
            if (page.size() < PAGE) {
                reached = null;
                break;
            }
            after = page.getLast().id();
        }
        long told = stories.stream().filter(one -> one.startsWith("mention:")).count();
        double weeks = Math.max(1, Duration.between(from, to).toDays()) / (double) DAYS_A_WEEK;
        return new Outcome(read, hits, days, samples, noisy(authors), told / weeks, coverage(known, from, to, reached));
    }

    private static String author(Mention mention) {
        String handle = mention.heard().author().handle();
        String name = mention.heard().author().name();
        return handle != null ? handle : name != null ? name : "";
    }

    private static Map<String, Integer> noisy(Map<String, Integer> authors) {
        Map<String, Integer> noisy = new LinkedHashMap<>();
        authors.entrySet().stream()
                .filter(one -> !one.getKey().isEmpty())
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NOISY)
                .forEach(one -> noisy.put(one.getKey(), one.getValue()));
        return noisy;
    }

    private static List<Covered> coverage(
            Map<String, Source> known, Instant from, Instant to, @Nullable Instant reached) {
        return known.values().stream()
                .sorted(Comparator.comparing(Source::name).thenComparing(Source::id))
                .map(source -> {
                    Instant begun = source.createdAt().isAfter(from) ? source.createdAt() : from;
                    Instant first = reached != null && reached.isAfter(begun) ? reached : begun;
                    boolean complete = first.equals(from) && source.lastSuccessAt() != null;
                    return new Covered(source.id(), first.isAfter(to) ? to : first, to, complete);
                })
                .toList();
    }

    /**
     * Why words match a mention, clause by clause, or do not.
     *
     * @throws FaultException INVALID where the words cannot be a watch; NOT_FOUND
     */
    public Explanation explain(Actor actor, String query, String mentionId) {
        WatchQuery valid = valid(query);
        return unitOfWork.read(tx -> {
            Mention mention = mentions.find(tx, actor.branch(), mentionId)
                    .orElseThrow(() -> FaultException.notFound("heard", mentionId));
            String network =
                    sources.find(tx, mention.sourceId()).map(Source::network).orElse("");
            return new Explainer(analysis, lists).explain(valid, Heard.of(Items.of(mention, network), analysis));
        });
    }

    /**
     * Why a watch has rung for a mention, or what held it back, its words apart.
     *
     * @throws FaultException NOT_FOUND
     */
    public List<Message> told(Actor actor, Watch watch, String mentionId) {
        return unitOfWork.read(tx -> {
            Mention mention = mentions.find(tx, actor.branch(), mentionId)
                    .orElseThrow(() -> FaultException.notFound("heard", mentionId));
            List<Message> told = new ArrayList<>();
            Optional<Alert> alert = alerts.of(tx, actor.branch(), watch.id(), mentionId);
            alert.ifPresent(rung -> told.add(
                    rung.mentionId().equals(mentionId)
                            ? Message.of("watching.told.rung", "time", rung.createdAt())
                            : Message.of("watching.told.story", "time", rung.createdAt())));
            if (!watch.enabled()) {
                told.add(Message.of("watching.told.off"));
            }
            if (mention.history()) {
                told.add(Message.of("watching.told.history"));
            } else if (mention.heardAt().isBefore(watch.since())) {
                told.add(Message.of("watching.told.before", "time", watch.since()));
            }
            if (mention.deletedAt() != null) {
                told.add(Message.of("watching.told.gone"));
            }
            return told;
        });
    }

    private WatchQuery valid(String query) {
        CheckedQuery checked = language.check(query);
        WatchQuery read = checked.query();
        if (read == null || !checked.valid()) {
            throw new FaultException(
                    Kind.INVALID,
                    checked.findings().stream()
                            .filter(Finding::error)
                            .map(finding -> Fault.at("/query", finding.message()))
                            .toList());
        }
        return read;
    }
}
