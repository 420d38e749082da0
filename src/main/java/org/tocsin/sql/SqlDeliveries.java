package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.tocsin.base.BranchId;
import org.tocsin.base.LiveEvents;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryAttempt;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Ledger;
import org.tocsin.delivery.NextAction;

/** Deliveries in SQL. */
public final class SqlDeliveries implements DeliveryRepository {
    /** Before the remote ids of an account that the channel no longer is. */
    private static final String FORMER = "former:";

    private static final Set<DeliveryState> STOPPED =
            EnumSet.of(DeliveryState.UNKNOWN, DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    private static final String COLUMNS = "id, post_id, branch, channel_id, network, sequence, state, since, reason,"
            + " next_action, next_at, version, due_at, expected_at, attempts, first_attempt_at, pending, freeze_override,"
            + " for_channel";

    private final SqlSegments segments = new SqlSegments();
    private final SqlAttempts attempts = new SqlAttempts();
    private final Changes changes;

    /** Whose changes nobody looks at. */
    public SqlDeliveries() {
        this(new LiveEvents());
    }

    /** @param events told of each change */
    public SqlDeliveries(LiveEvents events) {
        this.changes = new Changes(events);
    }

    @Override
    public long planned(Tx tx, BranchId branch) {
        return handle(tx)
                .createQuery("select count(distinct post_id) from delivery where branch = :branch"
                        + " and state in ('SCHEDULED', 'HELD')")
                .bind("branch", branch.value())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void insert(Tx tx, Delivery delivery, List<DeliverySegment> rows) {
        bind(
                        handle(tx)
                                .createUpdate("insert into delivery (" + COLUMNS
                                        + ", in_line, text_hash) values (:id, :postId,"
                                        + " :branch, :channelId, :network, :sequence, :state, :since, :reason,"
                                        + " :nextAction, :nextAt, :version, :dueAt, :expectedAt, :attempts, :firstAttemptAt,"
                                        + " :pending, :freezeOverride, :forChannel, :inLine, :textHash)"),
                        delivery)
                .bind("id", delivery.id())
                .bind("postId", delivery.postId())
                .bind("branch", delivery.branch().value())
                .bind("channelId", delivery.channelId())
                .bind("network", delivery.network())
                .bind("sequence", delivery.sequence())
                .bind("textHash", TextHash.of(rows))
                .execute();
        for (DeliverySegment row : rows) {
            segments.insert(tx, delivery.channelId(), row);
        }
        handle(tx)
                .createUpdate("insert into ledger (channel_id, branch, requested) values (:channel, :branch, 1)"
                        + " on conflict (channel_id) do update set requested = ledger.requested + 1")
                .bind("channel", delivery.channelId())
                .bind("branch", delivery.branch().value())
                .execute();
        changes.of(tx, delivery);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Delivery delivery) {
        return statement
                .bind("state", delivery.state().name())
                .bind("inLine", delivery.state().inLine() ? 1 : 0)
                .bind("since", Micros.of(delivery.since()))
                .bind("reason", Json.writeOrNull(delivery.reason()))
                .bind("nextAction", delivery.nextAction().name())
                .bind("nextAt", Micros.ofNullable(delivery.nextAt()))
                .bind("version", delivery.version())
                .bind("dueAt", Micros.of(delivery.dueAt()))
                .bind("expectedAt", Micros.of(delivery.expectedAt()))
                .bind("attempts", delivery.attempts())
                .bind("firstAttemptAt", Micros.ofNullable(delivery.firstAttemptAt()))
                .bind("pending", delivery.pending())
                .bind("freezeOverride", delivery.freezeOverride())
                .bind("forChannel", delivery.forChannel() ? 1 : 0);
    }

    @Override
    public long nextSequence(Tx tx) {
        return handle(tx)
                .createQuery("insert into meta (name, value) values ('sequence', '1') on conflict (name) do update set"
                        + " value = cast(cast(meta.value as bigint) + 1 as text) returning value")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<Delivery> find(Tx tx, String id) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from delivery where id = :id")
                .bind("id", id)
                .map((row, context) -> delivery(row))
                .findOne();
    }

    @Override
    public List<Delivery> ofPost(Tx tx, String postId) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from delivery where post_id = :post order by sequence, id")
                .bind("post", postId)
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public boolean save(Tx tx, Delivery changed, long seen) {
        boolean saved = bind(
                                handle(tx)
                                        .createUpdate(
                                                "update delivery set state = :state, in_line = :inLine, since = :since,"
                                                        + " reason = :reason, next_action = :nextAction, next_at = :nextAt,"
                                                        + " version = :version, due_at = :dueAt, expected_at = :expectedAt,"
                                                        + " attempts = :attempts, first_attempt_at = :firstAttemptAt, pending ="
                                                        + " :pending, freeze_override = :freezeOverride, for_channel ="
                                                        + " :forChannel"
                                                        + " where id = :id and version = :seen"),
                                changed)
                        .bind("id", changed.id())
                        .bind("seen", seen)
                        .execute()
                == 1;
        if (saved) {
            changes.of(tx, changed);
        }
        return saved;
    }

    @Override
    public List<DeliverySegment> segments(Tx tx, String deliveryId) {
        return segments.of(tx, deliveryId);
    }

    @Override
    public Map<String, List<DeliverySegment>> segments(Tx tx, Collection<String> deliveryIds) {
        return segments.of(tx, deliveryIds);
    }

    @Override
    public void saveSegment(Tx tx, DeliverySegment segment) {
        segments.save(tx, segment);
    }

    @Override
    public void reword(Tx tx, DeliverySegment segment) {
        segments.save(tx, segment);
        segments.saveContent(tx, segment);
        handle(tx)
                .createUpdate("update delivery set text_hash = :hash where id = :id")
                .bind("hash", TextHash.of(segments.of(tx, segment.deliveryId())))
                .bind("id", segment.deliveryId())
                .execute();
    }

    @Override
    public void saveUploads(Tx tx, DeliverySegment segment) {
        segments.saveUploads(tx, segment);
    }

    @Override
    public void replaceSegments(Tx tx, String deliveryId, List<DeliverySegment> rows) {
        Delivery delivery = find(tx, deliveryId).orElseThrow();
        handle(tx)
                .createUpdate("delete from segment where delivery_id = :id")
                .bind("id", deliveryId)
                .execute();
        rows.forEach(row -> segments.insert(tx, delivery.channelId(), row));
        handle(tx)
                .createUpdate("update delivery set text_hash = :hash where id = :id")
                .bind("hash", TextHash.of(rows))
                .bind("id", deliveryId)
                .execute();
    }

    @Override
    public List<DeliveryAttempt> attempts(Tx tx, String deliveryId) {
        return attempts.of(tx, deliveryId);
    }

    @Override
    public void startAttempt(Tx tx, DeliveryAttempt attempt) {
        attempts.start(tx, attempt);
    }

    @Override
    public void endAttempt(Tx tx, DeliveryAttempt attempt) {
        attempts.end(tx, attempt);
    }

    @Override
    public List<Delivery> timed(Tx tx, DeliveryState state, Instant now, int max) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from delivery where state = :state and next_at <= :now"
                        + " order by next_at, sequence limit :max")
                .bind("state", state.name())
                .bind("now", Micros.of(now))
                .bind("max", max)
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public List<Delivery> timedHeads(Tx tx, DeliveryState state, Instant now) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from (select " + COLUMNS + ", row_number() over (partition by"
                        + " channel_id order by next_at, sequence) as place from delivery where state = :state and"
                        + " next_at <= :now) as due where place = 1 order by next_at, sequence")
                .bind("state", state.name())
                .bind("now", Micros.of(now))
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public List<Delivery> heads(Tx tx, Set<String> busy) {
        Handle handle = handle(tx);
        List<String> channels = handle.createQuery("select channel_id from ledger order by channel_id")
                .mapTo(String.class)
                .list();
        List<Delivery> heads = new ArrayList<>();
        for (String channel : channels) {
            if (!busy.contains(channel)) {
                handle.createQuery("select " + COLUMNS + " from delivery where channel_id = :channel and in_line = 1"
                                + " order by due_at, sequence limit 1")
                        .bind("channel", channel)
                        .map((row, context) -> delivery(row))
                        .findOne()
                        .ifPresent(heads::add);
            }
        }
        return heads;
    }

    @Override
    public Optional<Instant> nextAt(Tx tx) {
        Long earliest = null;
        for (DeliveryState state :
                List.of(DeliveryState.SCHEDULED, DeliveryState.WAITING, DeliveryState.UNKNOWN, DeliveryState.DUE)) {
            Long next = handle(tx)
                    .createQuery("select min(next_at) from delivery where state = :state")
                    .bind("state", state.name())
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            if (next != null && (earliest == null || next < earliest)) {
                earliest = next;
            }
        }
        return Optional.ofNullable(earliest).map(Micros::instant);
    }

    @Override
    public List<Delivery> inState(Tx tx, DeliveryState state) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from delivery where state = :state")
                .bind("state", state.name())
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public List<Delivery> page(Tx tx, BranchId branch, Set<DeliveryState> states, String after, int max) {
        Set<DeliveryState> wanted = states.isEmpty() ? Set.of(DeliveryState.values()) : states;
        return handle(tx)
                .createQuery(
                        "select " + COLUMNS + " from delivery where branch = :branch and (:after = '' or id < :after)"
                                + " and state in (<states>)" + newest(wanted) + " limit :max")
                .bind("branch", branch.value())
                .bind("after", after)
                .bind("max", max)
                .bindList("states", wanted.stream().map(Enum::name).toList())
                .map((row, context) -> delivery(row))
                .list();
    }

    /**
     * Of what has stopped there is little in a long history, and an index of its own. The states are written as that has them, or it would not be
     * found; and what it finds is sorted, where the order of ids would lead through the whole history.
     */
    private static String newest(Set<DeliveryState> states) {
        return STOPPED.containsAll(states)
                ? " and state in ('UNKNOWN', 'HELD', 'REFUSED', 'EXHAUSTED') order by +id desc"
                : " order by id desc";
    }

    @Override
    public List<Delivery> coming(Tx tx, BranchId branch, int max) {
        // The states are written as the index has them: as values they would not find it.
        return handle(tx)
                .createQuery(
                        "select " + COLUMNS + " from delivery where branch = :branch and next_action <> 'PERSON' and"
                                + " state in ('SCHEDULED', 'DUE', 'PREPARING', 'SENDING', 'WAITING', 'UNKNOWN')"
                                + " order by coalesce(next_at, due_at), id limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public List<Delivery> forPerson(Tx tx, BranchId branch, Set<DeliveryState> states, int max) {
        return handle(tx)
                .createQuery("select " + COLUMNS + " from delivery where branch = :branch and next_action = 'PERSON'"
                        + " and state in (<states>)" + newest(states) + " limit :max")
                .bind("branch", branch.value())
                .bind("max", max)
                .bindList("states", states.stream().map(Enum::name).toList())
                .map((row, context) -> delivery(row))
                .list();
    }

    @Override
    public boolean withdrawn(Tx tx, String postId) {
        return handle(tx)
                .createQuery("select 1 from post where id = :post and deleted_at is not null")
                .bind("post", postId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public boolean taken(Tx tx, String channelId, String remoteId, String deliveryId, int segment) {
        return handle(tx)
                .createQuery("select 1 from segment where channel_id = :channel and remote_id = :remote"
                        + " and not (delivery_id = :delivery and position = :segment)")
                .bind("channel", channelId)
                .bind("remote", remoteId)
                .bind("delivery", deliveryId)
                .bind("segment", segment)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public void interruptEdits(Tx tx, Instant now) {
        handle(tx)
                .createUpdate("update attempt set outcome = 'interrupted', ended_at = :now where ended_at is null and"
                        + " outcome = 'editing'")
                .bind("now", Micros.of(now))
                .execute();
    }

    @Override
    public void leaveAccount(Tx tx, String channelId, Instant when) {
        handle(tx)
                .createUpdate(
                        "update segment set remote_id = :mark || remote_id where channel_id = :channel and remote_id is"
                                + " not null and not remote_id like :former")
                .bind("mark", FORMER + Micros.of(when) + ":")
                .bind("former", FORMER + "%")
                .bind("channel", channelId)
                .execute();
    }

    @Override
    public List<Instant> sends(Tx tx, String channelId, Instant since, int max) {
        return handle(tx)
                .createQuery("select started_at from attempt where channel_id = :channel and send = 1"
                        + " and started_at > :since order by started_at desc limit :max")
                .bind("channel", channelId)
                .bind("since", Micros.of(since))
                .bind("max", max)
                .map((row, context) -> Micros.get(row, "started_at"))
                .list();
    }

    @Override
    public boolean equalText(Tx tx, String channelId, String text, Instant since, Instant until) {
        return handle(tx)
                .createQuery("select 1 from delivery where channel_id = :channel and text_hash = :hash"
                        + " and due_at > :since and due_at < :until and state not in ('CANCELLED', 'REFUSED') limit 1")
                .bind("channel", channelId)
                .bind("hash", TextHash.of(text))
                .bind("since", Micros.of(since))
                .bind("until", Micros.of(until))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public Ledger ledger(Tx tx, BranchId branch) {
        Map<String, Long> requested = new TreeMap<>();
        handle(tx)
                .createQuery("select channel_id, requested from ledger where branch = :branch")
                .bind("branch", branch.value())
                .map((row, context) -> requested.put(row.getString("channel_id"), row.getLong("requested")))
                .list();
        List<Ledger.OfChannel> channels = new ArrayList<>();
        requested.forEach((channel, count) -> channels.add(new Ledger.OfChannel(channel, count, states(tx, channel))));
        return new Ledger(channels);
    }

    private static Map<DeliveryState, Long> states(Tx tx, String channel) {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        handle(tx)
                .createQuery("select state, count(*) as n from delivery where channel_id = :channel group by state")
                .bind("channel", channel)
                .map((row, context) -> states.put(DeliveryState.valueOf(row.getString("state")), row.getLong("n")))
                .list();
        return states;
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                row.getString("post_id"),
                new BranchId(row.getString("branch")),
                row.getString("channel_id"),
                row.getString("network"),
                row.getLong("sequence"),
                DeliveryState.valueOf(row.getString("state")),
                Micros.get(row, "since"),
                Json.message(row.getString("reason")),
                NextAction.valueOf(row.getString("next_action")),
                Micros.getNullable(row, "next_at"),
                row.getLong("version"),
                Micros.get(row, "due_at"),
                Micros.get(row, "expected_at"),
                row.getInt("attempts"),
                Micros.getNullable(row, "first_attempt_at"),
                row.getString("pending"),
                row.getString("freeze_override"),
                row.getInt("for_channel") == 1);
    }
}
