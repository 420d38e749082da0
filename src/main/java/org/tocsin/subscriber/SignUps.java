package org.tocsin.subscriber;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/**
 * The doors by which people come. By mail nobody is written to before he has confirmed (double opt-in): whoever types an address is answered
 * the same, whether it is known, has left, or is new. On Telegram the account itself has spoken, so that agreeing is confirming.
 */
public final class SignUps {
    /** How long a token works. */
    public static final Duration TOKEN = Duration.ofDays(2);
    /** From one address of the network in an hour: a stall at a market behind one router. */
    static final int AN_HOUR = 20;
    /** By one token of the API in an hour. */
    static final int A_PROGRAM = 1_000;
    /** From everywhere in a day: a large event, and not a flood. */
    static final int A_DAY = 5_000;
    /** To one address in thirty days. */
    static final int A_MONTH = 3;
    /** Before an address of which the link to its owner's data was asked for: that is counted apart. */
    static final String DATA_LINK = "data:";
    /** By one account of Telegram in a day. */
    static final int AN_ACCOUNT = 5;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    private final PeopleStores stores;
    private final SignUpOutbox outbox;
    private final Cache<String, AtomicInteger> hour;

    /** @param outbox puts mails about a sign-up among those that wait */
    public SignUps(PeopleStores stores, SignUpOutbox outbox) {
        this.stores = stores;
        this.outbox = outbox;
        Ticker ticker =
                () -> Duration.between(Instant.EPOCH, stores.clock().instant()).toNanos();
        this.hour = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofHours(1))
                .ticker(ticker)
                .maximumSize(20_000)
                .build();
    }

    /**
     * What somebody asks for.
     *
     * @param language {@code fr} or {@code en}
     * @param topics   ids; empty for everything
     * @param textId   of the text of consent that he was shown
     * @param link     what brought him, as it was handed on; whatever is not known is passed over
     * @param name     null for none; at most 100 characters
     */
    public record Wish(
            String language,
            Set<String> topics,
            String textId,
            @Nullable String link,
            @Nullable String name,
            Door door) {
        public Wish {
            topics = Set.copyOf(topics);
        }
    }

    /**
     * Asks to be written to by mail. Whatever is known of the address, the answer is the same.
     *
     * @param origin  the network address it came from, or the account; kept for an hour in memory, or as a keyed hash for 30 days
     * @throws FaultException INVALID for what is no address, unknown topics, or an old text; CONFLICT where nobody can sign up; TOO_MANY
     */
    public void ask(BranchId branch, String typed, Wish wish, String origin) {
        stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            ask(tx, branch, typed, wish, origin);
            return true;
        });
    }

    /** The same within a transaction that the caller has. */
    public void ask(Tx tx, BranchId branch, String typed, Wish wish, String origin) {
        MailAddress address = MailAddress.of(typed)
                .orElseThrow(() -> FaultException.invalid("/address", Message.of("signup.address.invalid")));
        if (!outbox.ready()) {
            throw FaultException.conflict(Message.of("signup.closed.mail"));
        }
        // A program signs up the visitors of a whole site.
        int most = origin.startsWith("token:") ? A_PROGRAM : AN_HOUR;
        if (hour.get(origin, one -> new AtomicInteger()).incrementAndGet() > most) {
            throw flood();
        }
        ConsentText text = checked(tx, branch, wish);
        if (mayAsk(tx, branch, address, origin)) {
            asked(tx, branch, address, wish, text);
        }
    }

    private static FaultException flood() {
        return new FaultException(FaultException.Kind.TOO_MANY, Fault.at("", Message.of("signup.flood")));
    }

    private ConsentText checked(Tx tx, BranchId branch, Wish wish) {
        if (!stores.house().settings(tx, branch).ready()) {
            throw FaultException.conflict(Message.of("signup.closed"));
        }
        if (wish.name() != null && (wish.name().length() > 100 || wish.name().matches(".*\\p{Cc}.*"))) {
            throw FaultException.invalid("/name", Message.of("signup.name.invalid"));
        }
        Set<String> offered = stores.house().topics(tx, branch).stream()
                .filter(topic -> topic.retiredAt() == null)
                .map(Topic::id)
                .collect(Collectors.toSet());
        if (!offered.containsAll(wish.topics())) {
            throw FaultException.invalid("/topics", Message.of("signup.topic.unknown"));
        }
        return stores.house()
                .text(tx, branch, wish.language())
                .filter(text -> text.id().equals(wish.textId()))
                .orElseThrow(() -> FaultException.invalid("/textId", Message.of("signup.text.changed")));
    }

    private boolean mayAsk(Tx tx, BranchId branch, MailAddress address, String origin) {
        Instant now = stores.clock().instant();
        if (stores.tries().all(tx, now.minus(DAY)) >= A_DAY) {
            throw flood();
        }
        if (origin.startsWith("telegram:")) {
            String account = stores.suppressions().key(origin);
            if (stores.tries().since(tx, account, now.minus(DAY)) >= AN_ACCOUNT) {
                return false;
            }
            stores.tries().add(tx, account, now);
        }
        String who = stores.suppressions().key(address.key());
        if (stores.tries().since(tx, who, now.minus(DAY)) >= 1
                || stores.tries().since(tx, who, now.minus(MONTH)) >= A_MONTH) {
            return false;
        }
        boolean wanted = stores.suppressions()
                .find(tx, branch, address.key())
                .map(entry -> entry.reason() == Suppressions.Reason.LEFT)
                .orElse(true);
        if (wanted) {
            stores.tries().add(tx, who, now);
        }
        return wanted;
    }

    private void asked(Tx tx, BranchId branch, MailAddress address, Wish wish, ConsentText text) {
        Instant now = stores.clock().instant();
        Optional<Subscriber> known = stores.subscribers().byAddress(tx, branch, address.key());
        if (known.isPresent() && known.get().state() != State.PENDING) {
            // Whose data is shown by a link has confirmed the address: one that the team typed may be another's.
            if (known.get().confirmedAt() != null) {
                outbox.add(tx, known.get(), SignUpMail.Kind.ALREADY, address.text());
            }
            return;
        }
        Subscriber before = known.orElse(null);
        Subscriber after = new Subscriber(
                before == null ? stores.ids().next() : before.id(),
                branch,
                State.PENDING,
                Reach.MAIL,
                wish.language(),
                new Person(
                        address.text(), before == null ? null : before.person().telegramId(), wish.name()),
                wish.topics(),
                link(tx, branch, wish.link()),
                before == null ? now : before.createdAt(),
                null,
                null,
                now,
                null,
                before == null ? 1 : before.version());
        keep(tx, after, before == null);
        record(tx, after, Consent.Kind.ASKED, text, wish.door(), "");
        outbox.add(tx, after, SignUpMail.Kind.CONFIRM, address.text());
    }

    private @Nullable String link(Tx tx, BranchId branch, @Nullable String code) {
        return code == null
                ? null
                : stores.house().link(tx, branch, code).map(SignUpLink::code).orElse(null);
    }

    private void keep(Tx tx, Subscriber after, boolean fresh) {
        if (fresh) {
            stores.subscribers().insert(tx, after);
        } else if (!stores.subscribers().save(tx, after)) {
            throw FaultException.conflict(Message.of("signup.changed"));
        }
    }

    private void record(Tx tx, Subscriber who, Consent.Kind kind, @Nullable ConsentText text, Door door, String proof) {
        prove(tx, who, kind, text, door, proof);
        stores.events().add(tx, who, kind, door);
    }

    private void prove(Tx tx, Subscriber who, Consent.Kind kind, @Nullable ConsentText text, Door door, String proof) {
        stores.register()
                .add(
                        tx,
                        who.branch(),
                        who.id(),
                        text == null ? null : text.id(),
                        Consents.of(stores, tx, who, kind, text, door, proof));
    }

    /** What a token opens. */
    public sealed interface Look {
        /** It works: the page asks. */
        record Open(Subscriber subscriber, SignUpMail.Kind kind, String address) implements Look {}

        /** It was used, and did what it should. */
        record Done(Subscriber subscriber, SignUpMail.Kind kind) implements Look {}

        /** It is too old, was overtaken, or never was one. */
        record Over() implements Look {}
    }

    /** Looks at a token of a mail, and changes nothing: what reads mail for its owner opens each address in it. */
    public Look look(String token) {
        return stores.unitOfWork().read(tx -> look(tx, token));
    }

    private Look look(Tx tx, String token) {
        Optional<SignUpMail> found = stores.mails().byToken(tx, ConsentRegister.sha256(token));
        Optional<Subscriber> whose =
                found.flatMap(mail -> stores.subscribers().find(tx, mail.branch(), mail.subscriberId()));
        if (found.isEmpty() || whose.isEmpty() || found.get().state() == SignUpMail.State.VOID) {
            return new Look.Over();
        }
        SignUpMail mail = found.get();
        if (mail.usedAt() != null && mail.kind() != SignUpMail.Kind.DATA) {
            return new Look.Done(whose.get(), mail.kind());
        }
        return mail.expiresAt().isAfter(stores.clock().instant())
                ? new Look.Open(whose.get(), mail.kind(), mail.sealed().address())
                : new Look.Over();
    }

    /**
     * Confirms, by the token of a mail. Doing so twice is doing so once.
     *
     * @return {@link Look.Done}, or {@link Look.Over} where the token does not work any more
     */
    public Look confirm(String token) {
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Look look = look(tx, token);
            if (!(look instanceof Look.Open open)) {
                return look;
            }
            if (barred(tx, open)) {
                return new Look.Over();
            }
            SignUpMail mail =
                    stores.mails().byToken(tx, ConsentRegister.sha256(token)).orElseThrow();
            Subscriber after = switch (open.kind()) {
                case CONFIRM -> confirmed(tx, open.subscriber(), mail);
                case CORRECT -> corrected(tx, open.subscriber(), mail);
                case STILL -> renewed(tx, open.subscriber(), mail);
                case ALREADY, DATA -> open.subscriber();
            };
            stores.mails().use(tx, mail.id(), stores.clock().instant());
            return new Look.Done(after, open.kind());
        });
    }

    /** An address may have come on the list of those that are written to no more since the mail went there; only who merely left may come back. */
    private boolean barred(Tx tx, Look.Open open) {
        String key = MailAddress.of(open.address()).map(MailAddress::key).orElse(open.address());
        return stores.suppressions()
                .find(tx, open.subscriber().branch(), key)
                .filter(entry -> entry.reason() != Suppressions.Reason.LEFT)
                .isPresent();
    }

    private Subscriber confirmed(Tx tx, Subscriber before, SignUpMail mail) {
        if (before.state() != State.PENDING) {
            return before;
        }
        Subscriber after = at(before, State.CONFIRMED, before.person());
        keep(tx, after, false);
        record(tx, after, Consent.Kind.CONFIRMED, shown(tx, after), Door.LETTER, mail.id());
        back(tx, after);
        return after;
    }

    /** What he was shown when he asked: another text may have come meanwhile. */
    private @Nullable ConsentText shown(Tx tx, Subscriber who) {
        return stores.register().of(tx, who.id()).reversed().stream()
                .filter(row -> row.consent() != null && row.consent().kind() == Consent.Kind.ASKED)
                .map(ConsentRow::textId)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(id -> stores.house().text(tx, id))
                .orElse(null);
    }

    /** Whoever confirms lifts his own leaving. */
    private void back(Tx tx, Subscriber who) {
        String address = who.person().address();
        if (address != null) {
            String key = MailAddress.of(address).map(MailAddress::key).orElse(address);
            if (stores.suppressions().remove(tx, who.branch(), key)) {
                line(tx, who, LeaveLog.What.BACK, key, stores.clock().instant());
            }
        }
    }

    private Subscriber corrected(Tx tx, Subscriber before, SignUpMail mail) {
        String fresh = mail.sealed().address();
        String key = MailAddress.of(fresh).map(MailAddress::key).orElse(fresh);
        Optional<Subscriber> other = stores.subscribers().byAddress(tx, before.branch(), key);
        if (other.isPresent() && !other.get().id().equals(before.id())) {
            throw FaultException.conflict(Message.of("signup.address.taken"));
        }
        Person person =
                new Person(fresh, before.person().telegramId(), before.person().name());
        Subscriber after = at(before, before.state() == State.RESTRICTED ? State.RESTRICTED : State.CONFIRMED, person);
        after = new Subscriber(
                after.id(),
                after.branch(),
                after.state(),
                Reach.MAIL,
                after.language(),
                person,
                after.topics(),
                after.link(),
                after.createdAt(),
                after.confirmedAt(),
                null,
                after.seenAt(),
                null,
                after.version());
        keep(tx, after, false);
        if (before.state() == State.PENDING) {
            record(tx, after, Consent.Kind.CONFIRMED, shown(tx, after), Door.LETTER, mail.id());
        }
        record(tx, after, Consent.Kind.CORRECTED, null, Door.LETTER, mail.id());
        stores.suppressions().remove(tx, before.branch(), key);
        moved(tx, before, key);
        return after;
    }

    /** A database from before knows the old address, which is not his any more. */
    private void moved(Tx tx, Subscriber before, String key) {
        Instant now = stores.clock().instant();
        String typed = before.person().address();
        String old = typed == null
                ? key
                : MailAddress.of(typed).map(MailAddress::key).orElse(typed);
        if (!old.equals(key)) {
            line(tx, before, LeaveLog.What.MOVED, old, now);
        }
        line(tx, before, LeaveLog.What.BACK, key, now);
    }

    private void line(Tx tx, Subscriber whose, LeaveLog.What what, String key, Instant now) {
        stores.left()
                .addAfter(
                        tx,
                        new LeaveLog.Line(
                                what, whose.branch(), stores.suppressions().key(key), now));
    }

    private Subscriber renewed(Tx tx, Subscriber before, SignUpMail mail) {
        Subscriber after = at(before, before.state(), before.person());
        keep(tx, after, false);
        record(tx, after, Consent.Kind.RENEWED, null, Door.LETTER, mail.id());
        return after;
    }

    private Subscriber at(Subscriber before, State state, Person person) {
        Instant now = stores.clock().instant();
        Instant confirmed = before.confirmedAt();
        return new Subscriber(
                before.id(),
                before.branch(),
                state,
                before.reach(),
                before.language(),
                person,
                before.topics(),
                before.link(),
                before.createdAt(),
                confirmed == null && state != State.PENDING ? now : confirmed,
                null,
                now,
                null,
                before.version());
    }

    /**
     * Signs up an account of Telegram, to be written to there. To be called in the transaction that confirms the update.
     *
     * @param telegramId its number
     * @param update     by what it is known that the account agreed
     * @return the subscriber; one that is there already, with the new choice
     * @throws FaultException as {@link #ask}
     */
    public Subscriber join(Tx tx, BranchId branch, long telegramId, Wish wish, String update) {
        ConsentText text = checked(tx, branch, wish);
        Instant now = stores.clock().instant();
        Optional<Subscriber> known = stores.subscribers().byTelegram(tx, branch, telegramId);
        Subscriber before = known.orElse(null);
        Instant since = before == null ? null : before.confirmedAt();
        Subscriber after = new Subscriber(
                before == null ? stores.ids().next() : before.id(),
                branch,
                State.CONFIRMED,
                Reach.TELEGRAM,
                wish.language(),
                new Person(before == null ? null : before.person().address(), telegramId, wish.name()),
                wish.topics(),
                before == null || before.link() == null ? link(tx, branch, wish.link()) : before.link(),
                before == null ? now : before.createdAt(),
                since == null ? now : since,
                null,
                now,
                null,
                before == null ? 1 : before.version());
        keep(tx, after, before == null);
        prove(tx, after, Consent.Kind.ASKED, text, wish.door(), update);
        prove(tx, after, Consent.Kind.CONFIRMED, text, wish.door(), update);
        if (before != null) {
            stores.events().add(tx, after, SubscriptionEvent.Kind.TOPICS_CHANGED, wish.door());
        } else {
            stores.events().add(tx, after, SubscriptionEvent.Kind.SIGNED_UP, wish.door());
            stores.events().add(tx, after, SubscriptionEvent.Kind.CONFIRMED, wish.door());
            line(tx, after, LeaveLog.What.BACK, "telegram:" + telegramId, now);
        }
        return after;
    }

    /** @return the newest text in a language; what is shown is what is agreed to */
    public Optional<ConsentText> text(BranchId branch, String language) {
        return stores.unitOfWork().read(tx -> text(tx, branch, language));
    }

    /** The same within a transaction that the caller has. */
    public Optional<ConsentText> text(Tx tx, BranchId branch, String language) {
        return stores.house().text(tx, branch, language);
    }

    /** @return what can be chosen now, in order */
    public List<Topic> topics(BranchId branch) {
        return stores.unitOfWork().read(tx -> topics(tx, branch));
    }

    /** @return what can be chosen now, and what of the given ones was chosen before it was retired, in order */
    public List<Topic> topics(BranchId branch, Set<String> chosen) {
        return stores.unitOfWork()
                .read(tx -> stores.house().topics(tx, branch).stream()
                        .filter(topic -> topic.retiredAt() == null || chosen.contains(topic.id()))
                        .toList());
    }

    /** The same within a transaction that the caller has. */
    public List<Topic> topics(Tx tx, BranchId branch) {
        return stores.house().topics(tx, branch).stream()
                .filter(topic -> topic.retiredAt() == null)
                .toList();
    }

    /** @return who answers for the newsletter */
    public SignUpSettings settings(BranchId branch) {
        return stores.unitOfWork().read(tx -> settings(tx, branch));
    }

    /** The same within a transaction that the caller has. */
    public SignUpSettings settings(Tx tx, BranchId branch) {
        return stores.house().settings(tx, branch);
    }

    /** @return whether a confirmation could be sent: without a mail server there is Telegram alone */
    public boolean byMail() {
        return outbox.ready();
    }
}
