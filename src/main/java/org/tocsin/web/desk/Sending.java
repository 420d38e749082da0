package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
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

    private final UnitOfWork unitOfWork;
    private final RequestKeys keys;
    private final SubmitPost submit;
    private final Clock clock;

    Sending(UnitOfWork unitOfWork, RequestKeys keys, SubmitPost submit, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.keys = keys;
        this.submit = submit;
        this.clock = clock;
    }

    /** @return a key for a form */
    static String freshKey() {
        return UUID.randomUUID().toString();
    }

    /** @return the page of the post, which is the same for a repeat */
    Response send(Visit visit, Supplier<PostPlan> plan) {
        return send(visit, plan, tx -> {});
    }

    /** @param within belongs to the same transaction; may throw to refuse */
    Response send(Visit visit, Supplier<PostPlan> plan, Consumer<Tx> within) {
        // What the networks are asked for is asked before the transaction; a double click is told in it.
        return once(
                visit,
                key -> submit.accept(visit.actor(), plan.get(), new SubmitPost.Within<>() {
                    @Override
                    public void before(Tx tx) {
                        refuseRepeat(tx, visit, key);
                        within.accept(tx);
                    }

                    @Override
                    public String after(Tx tx, SubmitPost.Accepted accepted) {
                        return keep(tx, visit, key, accepted.post().id());
                    }
                }));
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
                    public String after(Tx tx, RevisePost.Accepted accepted) {
                        return keep(tx, visit, key, accepted.post().id());
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

    private Response once(Visit visit, Function<String, String> accepting) {
        String key = visit.form().get("key");
        if (!key.matches("[0-9a-f-]{36}")) {
            throw new FaultException(Kind.MALFORMED, Fault.at("", Message.of("desk.form.malformed")));
        }
        Optional<String> earlier = unitOfWork.read(tx -> earlier(tx, visit, key));
        if (earlier.isPresent()) {
            return page(earlier.get());
        }
        try {
            return page(accepting.apply(key));
        } catch (Sent sent) {
            return page(sent.postId);
        }
    }

    private void refuseRepeat(Tx tx, Visit visit, String key) {
        earlier(tx, visit, key).ifPresent(postId -> {
            throw new Sent(postId);
        });
    }

    private String keep(Tx tx, Visit visit, String key, String postId) {
        keys.store(
                tx,
                visit.user().id(),
                PREFIX + key,
                new RequestKeys.Stored(what(visit), hash(visit.request()), 303, postId),
                clock.instant());
        return postId;
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
        return Templates.to("/desk/posts/" + postId);
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
