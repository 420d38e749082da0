package org.tocsin.publishing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Approval;
import org.tocsin.delivery.ApprovalRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Notices;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;

/**
 * What an author writes for a channel that wants approval goes out when somebody who may has agreed to exactly that. Who decides names the
 * hash of what he has read: after any change it is another.
 */
public final class ApprovePost {
    private static final String SETTING = "approval";

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ApprovalRepository approvals;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;

    public ApprovePost(
            UnitOfWork unitOfWork,
            PostRepository posts,
            DeliveryRepository deliveries,
            ApprovalRepository approvals,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.approvals = approvals;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /** @return whether what this person writes for that channel waits for somebody else's word */
    public static boolean wanted(Actor actor, Channel channel) {
        return asked(channel) && !actor.scopes().contains(Scope.APPROVE);
    }

    /** @return whether a channel asks for somebody else's word at all */
    static boolean asked(Channel channel) {
        return channel.setting(SETTING).map(Boolean::parseBoolean).orElse(false);
    }

    /**
     * What of a post waits for approval.
     *
     * @param hash    of all that would be sent, and when: who approves names it
     * @param askedBy who wrote, or last changed, it
     * @param waiting what waits
     * @param late    whether its time has passed, so that it goes out when it is approved
     */
    public record Awaiting(String hash, String askedBy, Instant askedAt, List<Delivery> waiting, boolean late) {
        public Awaiting {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * @return empty where nothing waits
     * @throws FaultException NOT_FOUND
     */
    public Optional<Awaiting> awaiting(Tx tx, Actor actor, String postId) {
        return awaiting(tx, find(tx, actor, postId).id());
    }

    private Optional<Awaiting> awaiting(Tx tx, String postId) {
        List<Delivery> waiting = new ArrayList<>();
        StringBuilder sent = new StringBuilder();
        Approval first = null;
        for (Delivery delivery : deliveries.ofPost(tx, postId)) {
            Approval approval = undecided(delivery.state())
                    ? approvals.find(tx, delivery.id()).orElse(null)
                    : null;
            String content = approval == null ? "" : approvals.contentHash(tx, delivery.id());
            if (approval == null || approval.covers(content)) {
                continue;
            }
            first = first == null ? approval : first;
            waiting.add(delivery);
            sent.append(delivery.id())
                    .append(' ')
                    .append(content)
                    .append(' ')
                    .append(delivery.dueAt())
                    .append(late(delivery) ? " now" : "")
                    .append('\n');
        }
        boolean late = waiting.stream().anyMatch(this::late);
        return first == null
                ? Optional.empty()
                : Optional.of(new Awaiting(hash(sent.toString()), first.askedBy(), first.askedAt(), waiting, late));
    }

    /** Its time has passed, so that it would go out at once: that is another thing to agree to. */
    private boolean late(Delivery delivery) {
        return delivery.state() == DeliveryState.SCHEDULED && delivery.dueAt().isBefore(clock.instant());
    }

    private static boolean undecided(DeliveryState state) {
        return state == DeliveryState.SCHEDULED || state == DeliveryState.HELD;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets a post go out as it was read: at its time, or now where that has passed. What is held for another reason stays held.
     *
     * @param hash as it was shown to the person who decides
     * @throws FaultException NOT_FOUND; CONFLICT where nothing waits, or it is no longer what was read
     */
    public Post approve(Actor actor, String postId, String hash) {
        actor.require(Scope.APPROVE);
        Post approved = unitOfWork.write(Urgency.REQUEST, tx -> {
            Post post = find(tx, actor, postId);
            Awaiting awaiting = read(tx, postId, hash);
            Instant now = clock.instant();
            for (Delivery delivery : awaiting.waiting()) {
                Approval asked = approvals.find(tx, delivery.id()).orElseThrow();
                approvals.save(tx, asked.given(approvals.contentHash(tx, delivery.id()), actor.id(), now));
                if (delivery.state() == DeliveryState.SCHEDULED) {
                    Delivery due = delivery.dueAt().isBefore(now) ? delivery.due(now) : delivery;
                    save(tx, delivery, due.on(DeliveryEvent.EDIT, now, null).then(NextAction.SEND, due.dueAt()));
                }
            }
            audit.add(
                    tx,
                    actor,
                    "post.approve",
                    postId,
                    "deliveries=" + awaiting.waiting().size() + " hash=" + hash);
            return post;
        });
        wakeup.ring();
        return approved;
    }

    /**
     * Sends back what waits: it goes out nowhere.
     *
     * @param reason for the author
     * @throws FaultException as for {@link #approve}; INVALID without a reason
     */
    public Post decline(Actor actor, String postId, String hash, String reason) {
        actor.require(Scope.APPROVE);
        if (reason.isBlank()) {
            throw FaultException.invalid("/reason", Message.of("publishing.reason.needed"));
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Post post = find(tx, actor, postId);
            Awaiting awaiting = read(tx, postId, hash);
            Message why = Message.of("publishing.approval.declined", "reason", reason.strip());
            for (Delivery delivery : awaiting.waiting()) {
                save(tx, delivery, delivery.on(DeliveryEvent.CANCEL, clock.instant(), why));
            }
            notices.raise(tx, post.branch(), Notices.Kind.DECLINED, postId, why);
            audit.add(tx, actor, "post.decline", postId, reason.strip());
            return post;
        });
    }

    /**
     * Puts away what was sent back: its author has read why.
     *
     * @throws FaultException NOT_FOUND; FORBIDDEN for who neither wrote it nor manages: the reason is the author's to read
     */
    public void setAside(Actor actor, String postId) {
        actor.require(Scope.POST);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Post post = find(tx, actor, postId);
            if (!post.author().equals(actor.user())) {
                actor.require(Scope.MANAGE);
            }
            notices.close(tx, actor.branch(), Set.of(Notices.Kind.DECLINED), post.id());
            audit.add(tx, actor, "post.aside", post.id(), "");
            return true;
        });
    }

    /**
     * Puts away what was sent back where it is written again, in the transaction in which that is accepted.
     *
     * @param postId from which it is written; where there is none of that name in the branch nothing is done
     */
    public void writtenAgain(Tx tx, Actor actor, String postId) {
        actor.require(Scope.POST);
        posts.find(tx, actor.branch(), postId)
                .ifPresent(post -> notices.close(tx, actor.branch(), Set.of(Notices.Kind.DECLINED), post.id()));
    }

    /** @return the posts that were sent back and not put away, the latest first */
    public List<String> sentBack(Tx tx, BranchId branch, int max) {
        return notices.open(tx, branch, Notices.Kind.DECLINED, max);
    }

    /** @return the posts of which something waits, those that were asked for first before the others */
    public List<String> awaiting(Tx tx, BranchId branch, int max) {
        return approvals.awaiting(tx, branch, max);
    }

    /** @return whether that is why a delivery was sent back */
    public static boolean declined(Message reason) {
        return "publishing.approval.declined".equals(reason.code());
    }

    private Post find(Tx tx, Actor actor, String postId) {
        return posts.find(tx, actor.branch(), postId).orElseThrow(() -> FaultException.notFound("post", postId));
    }

    private Awaiting read(Tx tx, String postId, String hash) {
        Awaiting awaiting = awaiting(tx, postId)
                .orElseThrow(() -> FaultException.conflict(Message.of("publishing.approval.nothing")));
        if (!awaiting.hash().equals(hash)) {
            throw new FaultException(Kind.CONFLICT, Fault.at("/hash", Message.of("publishing.approval.changed")));
        }
        return awaiting;
    }

    private void save(Tx tx, Delivery before, Delivery after) {
        if (!deliveries.save(tx, after, before.version())) {
            throw FaultException.conflict(Message.of("publishing.edit.faster"));
        }
        notices.settled(tx, before, after);
    }

    /**
     * Whether a delivery has to wait for approval once it is written or changed.
     *
     * @return the row that waits, or the same where none is needed; what was agreed to before is void
     */
    static Delivery ask(
            Tx tx, ApprovalRepository approvals, Notices notices, Actor actor, Channel channel, Delivery delivery) {
        if (!wanted(actor, channel) && approvals.find(tx, delivery.id()).isEmpty()) {
            return delivery;
        }
        Message why = Message.of("publishing.approval.awaited");
        approvals.save(tx, Approval.asked(delivery, actor.id(), delivery.since()));
        notices.close(tx, delivery.branch(), Notices.OF_DELIVERIES, delivery.id());
        notices.raise(tx, delivery.branch(), Notices.Kind.APPROVAL, delivery.id(), why);
        return delivery.awaiting(why);
    }
}
