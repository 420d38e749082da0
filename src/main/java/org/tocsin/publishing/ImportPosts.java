package org.tocsin.publishing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns.Progress;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.people.Actor;
import org.tocsin.post.CampaignRepository;

/**
 * Brings in a table of planned posts: each row is checked as a post of its own, and those that are good are accepted. A row is known by
 * what it says, so that a table that comes again, or comes again with its faults mended, brings in only what is new, and a row that stands in it
 * twice is refused the second time.
 */
public final class ImportPosts {
    /** Rows in one transaction: imports give way to whoever else writes after at most some 50 ms. */
    private static final int BATCH = 20;

    /** As spreadsheets show a date: the day comes first, wherever there are dots and in Europe where there are slashes. */
    private static final Pattern SLASHES =
            Pattern.compile("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})[ T]+(\\d{1,2})\\s*[:hH]\\s*(\\d{2})?(?::\\d{2})?");

    private final UnitOfWork unitOfWork;
    private final ImportRepository imports;
    private final ChannelRepository channels;
    private final CampaignRepository campaigns;
    private final PlanPost planner;
    private final SubmitPost submit;

    public ImportPosts(
            UnitOfWork unitOfWork,
            ImportRepository imports,
            ChannelRepository channels,
            CampaignRepository campaigns,
            PlanPost planner,
            SubmitPost submit) {
        this.unitOfWork = unitOfWork;
        this.imports = imports;
        this.channels = channels;
        this.campaigns = campaigns;
        this.planner = planner;
        this.submit = submit;
    }

    /** What becomes of a row. */
    public enum Status {
        /** It would be accepted. */
        GOOD,
        /** It is now a post. */
        IMPORTED,
        /** It was one before. */
        ALREADY,
        FAULTY
    }

    /**
     * A row after it was looked at.
     *
     * @param row      as a spreadsheet counts: the names of the columns are row 1
     * @param postId   where it is a post
     * @param dueAt    when it goes out, where it is good
     * @param channels where to
     * @param faults   each with {@code /column} as its pointer; empty for the row as a whole
     */
    public record Outcome(
            int row,
            Status status,
            @Nullable String postId,
            String text,
            @Nullable Instant dueAt,
            List<String> channels,
            List<Fault> faults,
            List<Message> warnings) {
        public Outcome {
            channels = List.copyOf(channels);
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }

        Outcome in(Status other, @Nullable String id) {
            return new Outcome(row, other, id, text, dueAt, channels, faults, warnings);
        }
    }

    /** A row, what it is known by, and its plan where it is good. */
    private record Line(
            Outcome outcome, String hash, @Nullable PostPlan plan) {}

    /**
     * What became of a table.
     *
     * @param outcomes of the rows that were gone through, in their order
     * @param total    how many rows there are; more than that where it was stopped
     */
    public record Report(List<Outcome> outcomes, int total) {
        public Report {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * Accepts the rows that are good and were not accepted before.
     *
     * @param dry whether it is only told what would become of each; then no page behind a link is read
     * @param progress asked before each transaction
     */
    Report work(Actor actor, List<PlannedTable.Row> rows, boolean dry, Progress progress) {
        List<Outcome> outcomes = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        TableNames names = unitOfWork.read(
                tx -> TableNames.of(channels.all(tx, actor.branch()), campaigns.all(tx, actor.branch())));
        for (int from = 0; from < rows.size() && progress.goOn(from, rows.size()); from += BATCH) {
            List<Line> batch = rows.subList(from, Math.min(rows.size(), from + BATCH)).stream()
                    .map(row -> line(actor, row, names, seen, !dry))
                    .toList();
            outcomes.addAll(dry ? batch.stream().map(Line::outcome).toList() : accept(actor, batch));
        }
        return new Report(outcomes, rows.size());
    }

    /** What was planned may have been overtaken since, by a channel that was removed: its rows are told, and keep no other from being taken. */
    private List<Outcome> accept(Actor actor, List<Line> batch) {
        try {
            return unitOfWork.write(
                    Urgency.BULK,
                    tx -> batch.stream().map(line -> accept(tx, actor, line)).toList());
        } catch (FaultException overtaken) {
            return batch.stream().map(line -> alone(actor, line)).toList();
        }
    }

    private Outcome alone(Actor actor, Line line) {
        try {
            return unitOfWork.write(Urgency.BULK, tx -> accept(tx, actor, line));
        } catch (FaultException e) {
            Outcome good = line.outcome();
            return new Outcome(good.row(), Status.FAULTY, null, good.text(), null, List.of(), e.faults(), List.of());
        }
    }

    private Outcome accept(Tx tx, Actor actor, Line line) {
        if (line.plan() == null) {
            return line.outcome();
        }
        // Two who bring in the same table at once: the second finds the rows of the first.
        Optional<String> there = imports.find(tx, actor.branch(), line.hash());
        if (there.isPresent()) {
            return line.outcome().in(Status.ALREADY, there.get());
        }
        String id = submit.accept(tx, actor, line.plan()).post().id();
        imports.save(tx, actor.branch(), line.hash(), id);
        return line.outcome().in(Status.IMPORTED, id);
    }

    private Line line(Actor actor, PlannedTable.Row row, TableNames names, Map<String, Integer> seen, boolean cards) {
        PostRequest request = request(row, names);
        String hash = hash(request);
        Integer first = seen.putIfAbsent(hash, row.number());
        Outcome blank =
                new Outcome(row.number(), Status.FAULTY, null, request.text(), null, List.of(), List.of(), List.of());
        Optional<String> there =
                first != null ? Optional.empty() : unitOfWork.read(tx -> imports.find(tx, actor.branch(), hash));
        if (there.isPresent()) {
            return new Line(blank.in(Status.ALREADY, there.get()), hash, null);
        }
        List<Fault> faults =
                new ArrayList<>(Optional.ofNullable(row.fault()).stream().toList());
        if (first != null) {
            faults.add(Fault.at("", Message.of("publishing.table.again", "row", first)));
        }
        if (request.at() == null || request.at().equals(PostRequest.NEXT)) {
            faults.add(Fault.at("/at", Message.of("publishing.table.time")));
        }
        if (faults.isEmpty()) {
            try {
                PostPlan plan = cards ? planner.plan(actor, request) : planner.look(actor, request);
                return new Line(
                        new Outcome(
                                row.number(),
                                Status.GOOD,
                                null,
                                request.text(),
                                plan.dueAt(),
                                plan.composed().stream()
                                        .map(one -> one.channel().id())
                                        .toList(),
                                List.of(),
                                plan.warnings()),
                        hash,
                        plan);
            } catch (FaultException e) {
                faults.addAll(e.faults());
            }
        }
        return new Line(
                new Outcome(row.number(), Status.FAULTY, null, request.text(), null, List.of(), faults, List.of()),
                hash,
                null);
    }

    private static PostRequest request(PlannedTable.Row row, TableNames names) {
        return new PostRequest(
                row.cell("text").orElse(""),
                row.cell("language").orElse(null),
                row.cell("channels").map(names::channels).orElse(null),
                row.cell("at").map(ImportPosts::time).orElse(null),
                row.cell("zone").orElse(null),
                null,
                false,
                false,
                Map.of(),
                List.of(),
                null,
                row.cell("campaign").map(names::campaign).orElse(null),
                null,
                null);
    }

    /** @return in the form of the API, where it is a date as a spreadsheet shows it */
    private static String time(String written) {
        Matcher date = SLASHES.matcher(written);
        return date.matches()
                ? "%s-%02d-%02dT%02d:%s"
                        .formatted(
                                date.group(3),
                                Integer.parseInt(date.group(2)),
                                Integer.parseInt(date.group(1)),
                                Integer.parseInt(date.group(4)),
                                date.group(5) == null ? "00" : date.group(5))
                : written;
    }

    private static String hash(PostRequest request) {
        String said = String.join(
                "\0",
                request.text(),
                String.valueOf(request.at()),
                String.valueOf(request.zone()),
                request.channels() == null
                        ? ""
                        : request.channels().stream().sorted().collect(Collectors.joining(" ")),
                String.valueOf(request.language()),
                String.valueOf(request.campaign()));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
