package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
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
    private final Remarks remarks;
    private final Clock clock;

    Sending(UnitOfWork unitOfWork, RequestKeys keys, SubmitPost submit, Remarks remarks, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.submit = submit;
        this.remarks = remarks;
        this.clock = clock;
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
     * Sends a draft. Its warnings stood beside it.
     *
     * @param within belongs to the same transaction; may throw to refuse
     * @param draft  of which it is remembered for as long as keys are what it became
     */
    Response send(Visit visit, Supplier<PostPlan> plan, Consumer<Tx> within, String draft) {
        return once(
                visit,
                key -> new Out(
                        accept(visit, key, plan, within, Optional.of(draft)).postId(), List.of()));
    }

    private Out accept(Visit visit, String key, Supplier<PostPlan> plan, Consumer<Tx> within, Optional<String> draft) {
        // What the networks are asked for is asked before the transaction; a double click is told in it.
        return submit.accept(visit.actor(), plan.get(), new SubmitPost.Within<>() {
            @Override
            public void before(Tx tx) {
                refuseRepeat(tx, visit, key);
                within.accept(tx);
            }

            @Override
            public Out after(Tx tx, SubmitPost.Accepted accepted) {
                String postId = accepted.post().id();
                keep(tx, visit, key, postId);
                draft.ifPresent(id -> became(tx, visit, id, postId));
                return new Out(postId, accepted.warnings());
            }
        });
    }

    private void became(Tx tx, Visit visit, String draft, String postId) {
        String branch = visit.user().branch().value();
        if (keys.find(tx, branch, DRAFT + draft).isEmpty()) {
            keys.store(tx, branch, DRAFT + draft, new RequestKeys.Stored("", "", 303, postId), clock.instant());
        }
    }

    /** @return the post that a draft of the branch became, in the days after it was sent */
    Optional<String> became(Visit visit, String draft) {
        return unitOfWork
                .read(tx -> keys.find(tx, visit.user().branch().value(), DRAFT + draft))
                .map(RequestKeys.Stored::response);
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
                        keep(tx, visit, key, accepted.post().id());
                        return new Out(accepted.post().id(), accepted.plan().warnings());
                    }
                }));
    }

    /** @return whether a form was sent: what it saves late would bring back what is out */
    boolean sent(Tx tx, Visit visit, String key) {
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
            return page(earlier.get());
        }
        try {
            Out out = accepting.apply(key);
            return Templates.to(remarks.with(visit, PAGE + out.postId(), out.warnings()));
        } catch (Sent sent) {
            return page(sent.postId);
        }
    }

    private void refuseRepeat(Tx tx, Visit visit, String key) {
        earlier(tx, visit, key).ifPresent(postId -> {
            throw new Sent(postId);
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

    private static Response page(String postId) {
        return Templates.to(PAGE + postId);
    }

    private static String hash(Request request) {
        try (InputStream in = request.body().open()) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Undoes the transaction: the form was sent before. */
    private static final class Sent extends RuntimeException {
        private final String postId;

        Sent(String postId) {
            super("sent before", null, false, false);
            this.postId = postId;
        }
    }
}
