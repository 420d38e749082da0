package org.tocsin.mention.hearing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.GivenItem;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HookRepository;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Milestones;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.SourceState;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Takes in what nobody has to be asked for: what people enter by hand, and what other programs hand in at an inbound webhook. */
public final class Incoming {
    /** The type of the source of what is entered by hand; a branch has one. */
    public static final String ENTRY = "entry";
    /** The type of a source that others hand in to. */
    public static final String WEBHOOK = "webhook";
    /** Items of one request at most. */
    public static final int AT_ONCE = 200;
    /** Items of one webhook in a minute at most: one that runs wild fills no disk. */
    static final int A_MINUTE = 600;

    private final UnitOfWork unitOfWork;
    private final SourceRepository sources;
    private final MentionRepository mentions;
    private final HookRepository hooks;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final Wakeup heard;
    private final Milestones milestones;
    private final SecureRandom random;
    private final Cache<String, AtomicInteger> minute;

    /**
     * @param heard      is rung when something was taken in
     * @param milestones says which counts are waited for
     */
    public Incoming(
            UnitOfWork unitOfWork,
            SourceRepository sources,
            MentionRepository mentions,
            HookRepository hooks,
            AuditTrail audit,
            Ids ids,
            Clock clock,
            Wakeup heard,
            Milestones milestones) {
        this.unitOfWork = unitOfWork;
        this.sources = sources;
        this.mentions = mentions;
        this.hooks = hooks;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.heard = heard;
        this.milestones = milestones;
        this.random = new SecureRandom();
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.minute = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(ticker)
                .maximumSize(1_000)
                .build();
    }

    /**
     * A webhook that was opened.
     *
     * @param token the secret part of its address, shown this once
     */
    public record Opened(Source source, String token) {}

    /**
     * Opens a webhook.
     *
     * @param name who will hand in
     * @throws FaultException INVALID
     */
    public Opened open(Actor actor, @Nullable String name) {
        actor.require(Scope.MANAGE);
        if (name == null || name.isBlank()) {
            throw FaultException.invalid("/name", Message.of("heard.hook.name"));
        }
        String called = Sources.named(name);
        String token = token();
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Source source = fresh(actor, WEBHOOK, called);
            sources.insert(tx, source);
            hooks.put(tx, source.id(), hash(token), clock.instant());
            audit.add(tx, actor, "source.add", source.id(), WEBHOOK + " " + called);
            return new Opened(source, token);
        });
    }

    /**
     * Gives a webhook another address; at the one before nothing is taken any more.
     *
     * @throws FaultException NOT_FOUND where there is no such webhook
     */
    public Opened reopen(Actor actor, String sourceId) {
        actor.require(Scope.MANAGE);
        String token = token();
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Source source = sources.find(tx, actor.branch(), sourceId)
                    .filter(one -> one.type().equals(WEBHOOK) && one.state() != SourceState.REMOVED)
                    .orElseThrow(() -> FaultException.notFound("source", sourceId));
            hooks.put(tx, sourceId, hash(token), clock.instant());
            audit.add(tx, actor, "source.hook", sourceId, source.name());
            return new Opened(source, token);
        });
    }

    /**
     * Takes in what was handed in at a webhook. All of it or none.
     *
     * @param token of the address
     * @return what of it was new
     * @throws FaultException NOT_FOUND where there is no such webhook; CONFLICT while it is paused; INVALID; TOO_MANY
     */
    public MentionRepository.Added receive(String token, List<GivenItem> given) {
        Source source = unitOfWork
                .read(tx -> hooks.source(tx, hash(token)).flatMap(id -> sources.find(tx, id)))
                .filter(one -> one.state() != SourceState.REMOVED)
                .orElseThrow(() -> FaultException.notFound("path", "/hooks/…"));
        if (source.state() == SourceState.PAUSED) {
            throw FaultException.conflict(Message.of("heard.hook.paused", "name", source.name()));
        }
        if (given.size() > AT_ONCE) {
            throw new FaultException(
                    FaultException.Kind.INVALID,
                    new Fault("/items", Message.of("heard.hook.many", "limit", AT_ONCE), (long) AT_ONCE, (long)
                            given.size()));
        }
        Instant now = clock.instant();
        List<HeardItem> items = IntStream.range(0, given.size())
                .mapToObj(i -> given.get(i).heard(given.size() == 1 ? "" : "/items/" + i, now))
                .toList();
        int soFar = minute.get(source.id(), id -> new AtomicInteger()).addAndGet(items.size());
        if (soFar > A_MINUTE) {
            throw new FaultException(
                    FaultException.Kind.TOO_MANY,
                    new Fault("", Message.of("heard.hook.often", "limit", A_MINUTE), (long) A_MINUTE, (long) soFar));
        }
        return take(source.id(), items);
    }

    /**
     * Takes in what a person has seen and nobody else could read.
     *
     * @return the mention; the one that there was already, where it was
     * @throws FaultException INVALID
     */
    public Mention enter(Actor actor, GivenItem given) {
        actor.require(Scope.POST);
        HeardItem item = given.heard("", clock.instant());
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Source source = entries(tx, actor);
            keep(tx, source, List.of(item));
            Mention mention = mentions.of(tx, source.id(), item.nativeId()).orElseThrow();
            if (mention.deletedAt() != null) {
                // Taken back, erased, or of somebody who objects: it does not come back by another door.
                throw FaultException.conflict(Message.of("heard.entry.gone"));
            }
            // Without its address, which may name its author: what is audited cannot be erased.
            audit.add(tx, actor, "source.enter", mention.id(), "");
            return mention;
        });
    }

    private Source entries(Tx tx, Actor actor) {
        Source wanted = fresh(actor, ENTRY, "Tocsin");
        Optional<Source> there = sources.same(tx, wanted);
        if (there.isEmpty()) {
            sources.insert(tx, wanted);
            return wanted;
        }
        if (there.get().enabled()) {
            return there.get();
        }
        Source again = there.get().in(SourceState.LISTENING, null, clock.instant());
        sources.save(tx, there.get(), again);
        return again;
    }

    private Source fresh(Actor actor, String type, String name) {
        Instant now = clock.instant();
        return new Source(
                ids.next(),
                actor.branch(),
                type,
                name,
                null,
                null,
                null,
                null,
                SourceState.LISTENING,
                null,
                0,
                null,
                now,
                null,
                null,
                0,
                now,
                1);
    }

    private MentionRepository.Added take(String sourceId, List<HeardItem> items) {
        return unitOfWork.write(
                Urgency.REQUEST, tx -> keep(tx, sources.find(tx, sourceId).orElseThrow(), items));
    }

    private MentionRepository.Added keep(Tx tx, Source source, List<HeardItem> items) {
        Instant now = clock.instant();
        MentionRepository.Added added = mentions.add(tx, source, items, now, false, milestones);
        sources.save(tx, source, source.given(now, added.added() > 0));
        tx.afterCommit(heard::ring);
        return added;
    }

    private String token() {
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
