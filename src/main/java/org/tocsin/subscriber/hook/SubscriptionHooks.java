package org.tocsin.subscriber.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.http.StandardWebhooks;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.Handing;
import org.tocsin.subscriber.SignUpRepository;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.SubscriptionHookRepository;

/** What administrators do with the webhook that follows subscribers. */
public final class SubscriptionHooks {
    private static final int LONGEST = 2_000;
    /** Characters, as for every secret of a webhook here. */
    private static final int SHORTEST_SECRET = 16;

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final UnitOfWork unitOfWork;
    private final SubscriptionHookRepository rows;
    private final SignUpRepository house;
    private final HookSender sender;
    private final Notices notices;
    private final AuditTrail audit;
    private final Ids ids;
    private final SecureRandom random;

    /** @param house knows what people agree to */
    public SubscriptionHooks(
            UnitOfWork unitOfWork,
            SubscriptionHookRepository rows,
            SignUpRepository house,
            HookSender sender,
            Notices notices,
            AuditTrail audit,
            Ids ids) {
        this.unitOfWork = unitOfWork;
        this.rows = rows;
        this.house = house;
        this.sender = sender;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.random = new SecureRandom();
    }

    /**
     * The webhook, and how many events wait for it.
     *
     * @param fresh its secret, where it was made just now and is shown this once; null else
     */
    public record Seen(
            SubscriptionHook hook, long waiting, @Nullable Secret fresh) {}

    /** @return whether a program follows, and is told addresses: people may know that */
    public Optional<Boolean> follows(BranchId branch) {
        return unitOfWork.read(tx -> rows.find(tx, branch)).map(SubscriptionHook::withAddress);
    }

    /** @return empty where nobody follows */
    public Optional<Seen> find(Actor actor) {
        actor.require(Scope.ADMIN);
        return unitOfWork.read(tx ->
                rows.find(tx, actor.branch()).map(hook -> new Seen(hook, rows.waiting(tx, actor.branch()), null)));
    }

    /**
     * Sets up who follows, or changes it.
     *
     * @param url         null to leave it
     * @param secret      null to leave it, or to have one made; at least 16 characters
     * @param withAddress null to leave it; off where nothing was said; refused where the newest texts of consent do not name the host
     * @param version     of the webhook as it was seen; 0 where there was none
     * @throws FaultException INVALID; CONFLICT
     */
    public Seen save(
            Actor actor, @Nullable String url, @Nullable String secret, @Nullable Boolean withAddress, long version) {
        actor.require(Scope.ADMIN);
        if (url != null && !sound(url)) {
            throw FaultException.invalid("/url", Message.of("signup.webhook.url"));
        }
        if (secret != null && (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST)) {
            throw FaultException.invalid("/secret", Message.of("signup.webhook.secret", "limit", SHORTEST_SECRET));
        }
        BranchId branch = actor.branch();
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Optional<SubscriptionHook> before = rows.find(tx, branch);
            String to = url != null ? url : before.map(SubscriptionHook::url).orElse("");
            if (to.isEmpty()) {
                throw FaultException.invalid("/url", Message.of("signup.webhook.url"));
            }
            Secret made = secret == null && before.isEmpty() ? Secret.of(StandardWebhooks.freshSecret(random)) : null;
            Secret key = secret != null
                    ? Secret.of(secret)
                    : made != null ? made : before.orElseThrow().secret();
            boolean told = withAddress != null
                    ? withAddress
                    : before.map(SubscriptionHook::withAddress).orElse(false);
            if (told) {
                named(tx, branch, Handing.host(to));
            }
            if (!rows.save(tx, branch, new SubscriptionHook(to, key, told, null, null, null, false, version))) {
                throw FaultException.conflict(Message.of("signup.changed"));
            }
            notices.close(tx, branch, Set.of(Notices.Kind.SUBSCRIBER_WEBHOOK), branch.value());
            audit.add(tx, actor, "signup.webhook", branch.value(), told ? "with addresses" : "without addresses");
            return new Seen(rows.find(tx, branch).orElseThrow(), rows.waiting(tx, branch), made);
        });
    }

    /** Who signs up agrees to a text: where it does not say that addresses go there, they do not. */
    private void named(Tx tx, BranchId branch, String host) {
        List<String> silent = Handing.silent(tx, house, branch, host);
        if (!silent.isEmpty()) {
            throw FaultException.invalid(
                    "/withAddress",
                    Message.of("signup.webhook.consent", "host", host, "languages", String.join(", ", silent)));
        }
    }

    /** @return the languages in whose newest text of consent the host is not named, though addresses are to go there */
    public List<String> unnamed(Actor actor) {
        actor.require(Scope.ADMIN);
        return unitOfWork.read(tx -> rows.find(tx, actor.branch())
                .filter(SubscriptionHook::withAddress)
                .map(hook -> Handing.silent(tx, house, actor.branch(), Handing.host(hook.url())))
                .orElse(List.of()));
    }

    /** An address by which data of people may leave: encrypted, or to this machine. */
    private static boolean sound(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            return url.length() <= LONGEST
                    && host != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(host)));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /**
     * Ends it; what waits is told nobody.
     *
     * @throws FaultException NOT_FOUND
     */
    public void remove(Actor actor) {
        actor.require(Scope.ADMIN);
        there(actor);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            rows.remove(tx, actor.branch());
            notices.close(
                    tx,
                    actor.branch(),
                    Set.of(Notices.Kind.SUBSCRIBER_WEBHOOK),
                    actor.branch().value());
            audit.add(tx, actor, "signup.webhook.remove", actor.branch().value(), "");
            return true;
        });
    }

    /**
     * Sends an event that says nothing of anybody.
     *
     * @return why it was not taken; empty where it was
     * @throws FaultException NOT_FOUND
     */
    public Optional<Message> test(Actor actor) {
        actor.require(Scope.ADMIN);
        Optional<Message> failure = sender.test(there(actor), ids.next());
        unitOfWork.write(Urgency.REQUEST, tx -> {
            rows.find(tx, actor.branch())
                    .ifPresent(hook -> sender.went(tx, actor.branch(), hook, failure.orElse(null)));
            audit.add(tx, actor, "signup.webhook.test", actor.branch().value(), "");
            return true;
        });
        return failure;
    }

    private SubscriptionHook there(Actor actor) {
        return unitOfWork
                .read(tx -> rows.find(tx, actor.branch()))
                .orElseThrow(() -> FaultException.notFound("webhook", ""));
    }
}
