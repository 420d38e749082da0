package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Gap;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;
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
    private static final Logger log = LoggerFactory.getLogger(Trial.class);
    private static final int PAGE = 500;
    /** Read at most, newest first: what lies further back is told as not covered. With an index, only what may match is read. */
    static final int MOST = 50_000;
    /** An index that is further behind is not asked. */
    private static final int BEHIND = 2_000;

    private static final double DAYS_A_WEEK = 7;
    private static final double HOURS_A_DAY = 24;

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final AlertRepository alerts;
    private final Analysis analysis;
    private final WatchLanguage language;
    private final WordLists lists;
    private final LogIndex index;
    private final HowTold howTold;
    private final Function<String, Optional<Message>> trouble;
    private final LongWork work;
    private final ZoneId zone;

    /** @param trouble why a watch, by its id, does not match anything at all */
    public Trial(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            AlertRepository alerts,
            Analysis analysis,
            WatchLanguage language,
            WordLists lists,
            LogIndex index,
            HowTold howTold,
            Function<String, Optional<Message>> trouble,
            LongWork work,
            ZoneId zone) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.alerts = alerts;
        this.analysis = analysis;
        this.language = language;
        this.lists = lists;
        this.index = index;
        this.howTold = howTold;
        this.trouble = trouble;
        this.work = work;
        this.zone = zone;
    }

    /** Of what was heard last so much is looked through before words are saved: well below a second. */
    private static final int LATELY = 500;
    /** Less says nothing of a share. */
    private static final int ENOUGH = 50;
    /** Words that match more than one in so many would ring all day. */
    private static final int WIDE = 5;

    /**
     * What is asked before words are saved: for what they are watched where they seem to be about a private person or a sensitive matter, and
     * whether they are meant where they match very much. Whoever is sure may save them all the same.
     *
     * @param why the reason that was given; null or blank for none
     */
    public Optional<Fault> doubts(Actor actor, String query, @Nullable String why) {
        Optional<Fault> reason = why == null || why.isBlank()
                ? SensitiveSubjects.in(query).map(message -> Fault.at("/reason", message))
                : Optional.empty();
        return reason.or(() -> wide(actor, query).map(message -> Fault.at("/query", message)));
    }

    /**
     * What is asked before words are saved that match more than a fifth of what was heard on the last day: they would ring all day, and drown the
     * rest.
     *
     * @return empty where they match less, or too little was heard, or they cannot be a watch
     */
    private Optional<Message> wide(Actor actor, String query) {
        CheckedQuery checked = language.of(actor.branch().value()).check(query);
        if (checked.query() == null || !checked.valid()) {
            return Optional.empty();
        }
        Plan plan = Plan.of(checked.query(), analysis, lists.of(actor.branch().value()));
        List<Mention> lately = unitOfWork.read(tx -> mentions.page(tx, actor.branch(), null, "", LATELY));
        Map<String, String> networks = unitOfWork.read(tx -> sources.all(tx, actor.branch())).stream()
                .collect(Collectors.toMap(Source::id, Source::network));
        Instant since =
                lately.isEmpty() ? Instant.EPOCH : lately.getFirst().heardAt().minus(Duration.ofDays(1));
        List<Mention> read =
                lately.stream().filter(one -> one.heardAt().isAfter(since)).toList();
        long hits = read.stream()
                .flatMap(one -> heard(one, networks.getOrDefault(one.sourceId(), "")).stream())
                .filter(plan::matches)
                .count();
        return read.size() >= ENOUGH && hits * WIDE > read.size()
                ? Optional.of(Message.of("watching.wide", "hits", hits, "read", read.size()))
                : Optional.empty();
    }

    /** A mention that would have rung, with the places that match. */
    public record Sample(Mention mention, List<Hit> hits) {}

    /**
     * What was heard of a source in the time that was asked for.
     *
     * @param to       when it was read last, where it is not listened to now
     * @param gaps     within that time, in which something may have been missed, newest first
     * @param complete whether it was listened to from the first moment to the last without a gap, and everything was read
     */
    public record Covered(String sourceId, Instant from, Instant to, List<Gap> gaps, boolean complete) {
        public Covered {
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * What came of a trial.
     *
     * @param read          how many mentions of that time were looked through
     * @param hits          how many of them match
     * @param days          hits of each day of the zone that has some
     * @param samples       the newest
     * @param authors       who would ring most, with how often
     * @param words         what stands beside the words that were asked for, with how often
     * @param alertsPerWeek stories a week, over the time that the log covers of what was asked for
     * @param hours         of listening that this rests on: below a week it is a guess
     * @param stopped       whether somebody has stopped it: what it says is what it had found by then
     */
    public record Outcome(
            int read,
            int hits,
            Map<LocalDate, Integer> days,
            List<Sample> samples,
            Map<String, Integer> authors,
            Map<String, Integer> words,
            double alertsPerWeek,
            List<Covered> coverage,
            long hours,
            boolean stopped) {
        /** @return whether less than a week of listening stands behind what is said of a week */
        public boolean isShort() {
            return hours < DAYS_A_WEEK * HOURS_A_DAY;
        }
    }

    /** @throws FaultException INVALID where the words cannot be a watch */
    public Outcome test(Actor actor, String query, Instant from, Instant to) {
        Plan plan =
                Plan.of(valid(actor, query), analysis, lists.of(actor.branch().value()));
        Map<String, Source> known = unitOfWork.read(tx -> sources.all(tx, actor.branch())).stream()
                .collect(Collectors.toMap(Source::id, one -> one));
        TrialTally tally = new TrialTally(plan, zone);
        Looked looked;
        boolean stopped;
        try (LongWork.Task task = work.begin(actor.branch(), LongWork.Kind.TRIAL, query, actor.id())) {
            looked = indexed(actor, plan, known, from, to, tally, task)
                    .orElseGet(() -> all(actor, known, from, to, tally, task));
            stopped = task.isStopped();
        }
        Map<String, List<Gap>> gaps = unitOfWork.read(tx ->
                known.keySet().stream().collect(Collectors.toMap(id -> id, id -> sources.gaps(tx, id))));
        List<Covered> coverage = coverage(known, gaps, from, to, looked.reached());
        Instant begun = coverage.stream()
                .map(Covered::from)
                .min(Comparator.naturalOrder())
                .orElse(from);
        long hours = Math.max(0, Duration.between(begun, to).toHours());
        double weeks = Math.max(1, hours / HOURS_A_DAY) / DAYS_A_WEEK;
        return new Outcome(
                looked.read(),
                tally.hits(),
                tally.days(),
                tally.samples(),
                tally.authors(),
                tally.words(index),
                tally.told() / weeks,
                coverage,
                hours,
                stopped);
    }

    /** @param reached how far back it went; null for all the way */
    private record Looked(int read, @Nullable Instant reached) {}

    /** By the index, and what it does not have yet from the log itself. */
    private Optional<Looked> indexed(
            Actor actor,
            Plan plan,
            Map<String, Source> known,
            Instant from,
            Instant to,
            TrialTally tally,
            LongWork.Task task) {
        LogIndex.Indexed indexed =
                index.candidates(actor.branch(), plan.need(), from, to, MOST).orElse(null);
        if (indexed == null) {
            return Optional.empty();
        }
        List<Mention> late = unitOfWork.read(tx -> mentions.after(tx, indexed.seq(), BEHIND));
        if (late.size() == BEHIND) {
            return Optional.empty();
        }
        Set<String> read = new HashSet<>();
        int news = 0;
        for (Mention mention : late.reversed()) {
            boolean ours = mention.branch().equals(actor.branch()) && mention.deletedAt() == null;
            if (ours && isWithin(mention, from, to)) {
                read.add(mention.id());
                news += mention.revision() == 1 ? 1 : 0;
                add(tally, mention, known);
            }
        }
        Instant reached = null;
        int at = 0;
        for (; at < indexed.ids().size() && !task.isStopped(); at += PAGE) {
            task.at(at, indexed.ids().size());
            List<String> ids = indexed.ids().subList(at, Math.min(indexed.ids().size(), at + PAGE));
            List<Mention> page = unitOfWork.read(tx -> mentions.found(tx, actor.branch(), ids)).stream()
                    .filter(mention -> isWithin(mention, from, to) && read.add(mention.id()))
                    .sorted(Comparator.comparing(Mention::at).reversed())
                    .toList();
            page.forEach(mention -> add(tally, mention, known));
            reached = page.isEmpty() ? reached : page.getLast().at();
        }
        boolean whole = indexed.ids().size() < MOST && at >= indexed.ids().size();
        return Optional.of(new Looked(indexed.all() + news, whole ? null : reached == null ? to : reached));
    }

    private Looked all(
            Actor actor, Map<String, Source> known, Instant from, Instant to, TrialTally tally, LongWork.Task task) {
        long total = Math.min(MOST, unitOfWork.read(mentions::newest));
        int read = 0;
        int within = 0;
        String after = "";
        Instant reached = to;
        while (read < MOST && !task.isStopped()) {
            task.at(read, total);
            String place = after;
            List<Mention> page = unitOfWork.read(tx -> mentions.page(tx, actor.branch(), null, place, PAGE));
            for (Mention mention : page) {
                read++;
                reached = mention.heardAt();
                if (isWithin(mention, from, to)) {
                    within++;
                    add(tally, mention, known);
                }
            }
            if (page.size() < PAGE) {
                return new Looked(within, null);
            }
            after = page.getLast().id();
        }
        return new Looked(within, reached);
    }

    private static boolean isWithin(Mention mention, Instant from, Instant to) {
        return !mention.at().isBefore(from) && !mention.at().isAfter(to);
    }

    private void add(TrialTally tally, Mention mention, Map<String, Source> known) {
        Source source = known.get(mention.sourceId());
        // What was heard of a source that was removed since is of its network as well, here as in the search.
        String network = source == null
                ? unitOfWork
                        .read(tx -> sources.find(tx, mention.sourceId()))
                        .map(Source::network)
                        .orElse("")
                : source.network();
        heard(mention, network).ifPresent(heard -> tally.add(mention, heard));
    }

    /** @return its words; empty where they cannot be read */
    private Optional<Heard> heard(Mention mention, String network) {
        try {
            return Optional.of(Heard.of(Items.of(mention, network), analysis));
        } catch (RuntimeException | StackOverflowError e) {
            // Who reads the log has said so of it: no watch would ring for it either.
            log.atDebug().setCause(e).addKeyValue("mention", mention.id()).log("a mention cannot be read");
            return Optional.empty();
        }
    }

    private static List<Covered> coverage(
            Map<String, Source> known,
            Map<String, List<Gap>> gaps,
            Instant from,
            Instant to,
            @Nullable Instant reached) {
        return known.values().stream()
                .sorted(Comparator.comparing(Source::name).thenComparing(Source::id))
                .map(source -> covered(source, gaps.getOrDefault(source.id(), List.of()), from, to, reached))
                .toList();
    }

    private static Covered covered(Source source, List<Gap> gaps, Instant from, Instant to, @Nullable Instant reached) {
        Instant begun = source.createdAt().isAfter(from) ? source.createdAt() : from;
        Instant first = reached != null && reached.isAfter(begun) ? reached : begun;
        Instant heard = source.lastSuccessAt();
        // What is held, paused or failing hears nothing: until when it did is as far as it goes.
        boolean listens = source.state() == SourceState.LISTENING && source.attempts() == 0;
        Instant last = listens || heard == null || heard.isAfter(to) ? to : heard;
        List<Gap> within = gaps.stream()
                .filter(gap -> gap.to().isAfter(first) && gap.from().isBefore(last))
                .toList();
        boolean complete = first.equals(from) && heard != null && last.equals(to) && within.isEmpty();
        return new Covered(
                source.id(), first.isAfter(to) ? to : first, last.isBefore(first) ? first : last, within, complete);
    }

    /**
     * Why words match a mention, clause by clause, or do not.
     *
     * @throws FaultException INVALID where the words cannot be a watch, and where those of the mention cannot be read; NOT_FOUND
     */
    public Explanation explain(Actor actor, String query, String mentionId) {
        WatchQuery valid = valid(actor, query);
        return unitOfWork.read(tx -> {
            Mention mention = mentions.find(tx, actor.branch(), mentionId)
                    .orElseThrow(() -> FaultException.notFound("heard", mentionId));
            String network =
                    sources.find(tx, mention.sourceId()).map(Source::network).orElse("");
            return new Explainer(analysis, lists.of(actor.branch().value()))
                    .explain(
                            valid,
                            heard(mention, network)
                                    .orElseThrow(() ->
                                            FaultException.invalid("/mention", Message.of("watching.told.aside"))));
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
            alert.map(rung -> rung.push().quiet())
                    .ifPresent(quiet -> told.add(
                            switch (quiet) {
                                case MUTED -> Message.of("watching.told.muted");
                                case SNOOZED -> Message.of("watching.told.snoozed");
                            }));
            alert.ifPresent(rung -> alerts.siblings(tx, rung).forEach(one -> told.addAll(howTold.of(tx, one))));
            if (!watch.enabled()) {
                told.add(Message.of("watching.told.off"));
            }
            trouble.apply(watch.id()).ifPresent(told::add);
            if (sources.isAside(tx, mentionId)) {
                told.add(Message.of("watching.told.aside"));
            }
            if (mention.history()) {
                told.add(Message.of("watching.told.history"));
            } else if (mention.firstSeq() <= watch.sinceSeq()) {
                told.add(Message.of("watching.told.before", "time", watch.since()));
            }
            if (mention.deletedAt() != null) {
                told.add(Message.of("watching.told.gone"));
            }
            return told;
        });
    }

    private WatchQuery valid(Actor actor, String query) {
        CheckedQuery checked = language.of(actor.branch().value()).check(query);
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
