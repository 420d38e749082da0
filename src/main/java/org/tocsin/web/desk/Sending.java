package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.PostPlan;
import org.tocsin.publishing.RequestKeys;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.RevisionPlan;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.web.Request;
import org.tocsin.web.Response;

/** Sends what a form asks for once, however often it is sent: each form has a key of its own, kept with the post. */
final class Sending {
    private static final String PREFIX = "desk:";
    private static final String DRAFT = "draft:";
    private static final String PAGE = "/desk/posts/";

    private final UnitOfWork unitOfWork;
    private final RequestKeys keys;
    private final SubmitPost submit;
    private final ApprovePost approve;
    private final Replies replies;
    private final Remarks remarks;
    private final Clock clock;

    Sending(DeskParts parts, Replies replies, Remarks remarks) {
        this.unitOfWork = parts.unitOfWork();
        this.keys = parts.requestKeys();
        this.submit = parts.submit();
        this.approve = parts.approve();
        this.replies = replies;
        this.remarks = remarks;
        this.clock = parts.clock();
    }

    /** @return a key for a form */
    static String freshKey() {
        return UUID.randomUUID().toString();
    }

    /** What becomes of what is asked for: the post, and what its author should know. */
    private record Out(String postId, List<Message> warnings) {}

    /** @return the page of the post, which is the same for a repeat; there the warnings are told */
    Response send(Visit visit, Supplier<PostPlan> plan) {
        return once(visit, key -> accept(visit, key, plan, tx -> {}, Optional.empty()));
    }

    /**
     * Sends a draft. Its warnings are told on the post's page as well: on a phone the preview is folded, and whoever is quick sends before it
     * has come. One that has become a post, and says nothing else now, is not sent again by another
     * form: a tab whose answer was lost brings its words back in a form of their own.
     *
     * @param within belongs to the same transaction; may throw to refuse
     * @param draft  of which it is remembered for as long as keys are what it became
     * @throws FaultException CONFLICT where it has become a post, and says something else now
     */
    Response send(Visit visit, Supplier<PostPlan> plan, Consumer<Tx> within, Draft draft) {
        return once(visit, key -> accept(visit, key, plan, within, Optional.of(draft)));
    }

    private Out accept(Visit visit, String key, Supplier<PostPlan> plan, Consumer<Tx> within, Optional<Draft> draft) {
        // What the networks are asked for is asked before the transaction; a double click is told in it.
        return submit.accept(visit.actor(), plan.get(), new SubmitPost.Within<>() {
            @Override
            public void before(Tx tx) {
                refuseRepeat(tx, visit, key);
                draft.ifPresent(one -> refuseSent(tx, visit, one));
                within.accept(tx);
            }

            @Override
            public Out after(Tx tx, SubmitPost.Accepted accepted) {
                String postId = accepted.post().id();
                keep(tx, visit, key, postId);
                draft.ifPresent(one -> keep(tx, visit, one, postId));
                draft.ifPresent(one -> approve.writtenAgain(tx, visit.actor(), one.again()));
                replies.answered(tx, visit, postId);
                return new Out(postId, accepted.warnings());
            }
        });
    }

    private void keep(Tx tx, Visit visit, Draft draft, String postId) {
        keys.store(
                tx,
                visit.user().branch().value(),
                DRAFT + draft.id(),
                new RequestKeys.Stored("", hash(draft), 303, postId),
                clock.instant());
    }

    private void refuseSent(Tx tx, Visit visit, Draft draft) {
        stored(tx, visit, draft.id()).ifPresent(stored -> {
            if (!stored.bodyHash().equals(hash(draft))) {
                throw FaultException.conflict(Message.of("publishing.draft.gone"));
            }
            throw new Sent(Templates.to(address(visit, stored.response()), Done.DRAFT_SENT));
        });
    }

    private Optional<RequestKeys.Stored> stored(Tx tx, Visit visit, String draft) {
        return keys.find(tx, visit.user().branch().value(), DRAFT + draft);
    }

    /** @return the post that a draft of the branch became, in the days after it was sent */
    Optional<String> became(Visit visit, String draft) {
        return unitOfWork.read(tx -> stored(tx, visit, draft)).map(RequestKeys.Stored::response);
    }

    /** @return whether the draft has become a post that says the same */
    boolean repeats(Visit visit, Draft draft) {
        return unitOfWork
                .read(tx -> stored(tx, visit, draft.id()))
                .filter(stored -> stored.bodyHash().equals(hash(draft)))
                .isPresent();
    }

    /** The same for a correction that edits where it can. */
    Response revise(Visit visit, RevisePost revise, Supplier<RevisionPlan> plan) {
        return once(
                visit,
                key -> revise.accept(visit.actor(), plan.get(), new RevisePost.Within<>() {
                    @Override
                    public void before(Tx tx) {
                        refuseRepeat(tx, visit, key);
                    }

                    @Override
                    public Out after(Tx tx, RevisePost.Accepted accepted) {
                        // An erratum may still be taken back, on its own page.
                        SubmitPost.Accepted erratum = accepted.erratum();
                        String lands = (erratum == null ? accepted.post() : erratum.post()).id();
                        keep(tx, visit, key, lands);
                        return new Out(lands, accepted.plan().warnings());
                    }
                }));
    }

    /** @return whether a form, or its draft in another, was sent: what it saves late would bring back what is out */
    boolean sent(Tx tx, Visit visit, Draft draft) {
        return sent(tx, visit, draft.key()) || stored(tx, visit, draft.id()).isPresent();
    }

    private boolean sent(Tx tx, Visit visit, String key) {
        return keys.find(tx, visit.user().id(), PREFIX + key).isPresent();
    }

    boolean sent(Visit visit, String key) {
        return unitOfWork.read(tx -> sent(tx, visit, key));
    }

    private Response once(Visit visit, Function<String, Out> accepting) {
        String key = visit.form().get("key");
        if (!key.matches("[0-9a-f-]{36}")) {
            throw new FaultException(Kind.MALFORMED, Fault.at("", Message.of("desk.form.malformed")));
        }
        Optional<String> earlier = unitOfWork.read(tx -> earlier(tx, visit, key));
        if (earlier.isPresent()) {
            return page(visit, earlier.get());
        }
        try {
            Out out = accepting.apply(key);
            return Templates.to(remarks.with(visit, address(visit, out.postId()), out.warnings()));
        } catch (Sent sent) {
            return sent.page;
        }
    }

    private void refuseRepeat(Tx tx, Visit visit, String key) {
        earlier(tx, visit, key).ifPresent(postId -> {
            throw new Sent(page(visit, postId));
        });
    }

    private void keep(Tx tx, Visit visit, String key, String postId) {
        keys.store(
                tx,
                visit.user().id(),
                PREFIX + key,
                new RequestKeys.Stored(what(visit), hash(visit.request()), 303, postId),
                clock.instant());
    }

    private Optional<String> earlier(Tx tx, Visit visit, String key) {
        return keys.find(tx, visit.user().id(), PREFIX + key).map(stored -> {
            if (!stored.request().equals(what(visit)) || !stored.bodyHash().equals(hash(visit.request()))) {
                throw FaultException.conflict(Message.of("desk.write.sent"));
            }
            return stored.response();
        });
    }

    private static String what(Visit visit) {
        return "POST " + visit.request().path();
    }

    private static Response page(Visit visit, String postId) {
        return Templates.to(address(visit, postId));
    }

    /** A tab that keeps what is typed is told which draft has gone out. */
    private static String address(Visit visit, String postId) {
        String draft = visit.form().get("draft");
        return visit.form().on("tab") && draft.matches("[0-9a-f-]{36}")
                ? PAGE + postId + "?sent=" + draft
                : PAGE + postId;
    }

    private static String hash(Request request) {
        try (InputStream in = request.body().open()) {
            return hash(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(Draft draft) {
        return hash(draft.said().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Undoes the transaction: the form was sent before. */
    private static final class Sent extends RuntimeException {
        private final transient Response page;

        Sent(Response page) {
            super("sent before", null, false, false);
            this.page = page;
        }
    }
}
