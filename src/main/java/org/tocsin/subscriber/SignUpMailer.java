package org.tocsin.subscriber;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.MailAddress;
import org.tocsin.letter.Posted;
import org.tocsin.subscriber.SignUpMail.State;

/**
 * Sends mails about sign-ups. That one is about to go is committed first, so that a crash sends none twice: whoever gets none asks again a day
 * later.
 */
public final class SignUpMailer implements DueQueue<SignUpMail> {
    private static final Duration GIVE_UP = Duration.ofHours(24);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;
    /** A mail and the try that asked for it are of one transaction. */
    private static final Duration TRIED = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(SignUpMailer.class);

    private final PeopleStores stores;
    private final LetterBox box;
    private final MailAllowance allowance;
    private final Messages messages;
    private final String base;
    private final LetterIds ids;
    private final StuckLetters stuck;
    private final Set<String> busy;

    /**
     * @param allowance how many may go
     * @param base      the public address, without a slash at its end
     * @param ids       by which a mail that comes back is known
     * @param stuck     tells the team that none of them leaves
     */
    public SignUpMailer(
            PeopleStores stores,
            LetterBox box,
            MailAllowance allowance,
            Messages messages,
            String base,
            LetterIds ids,
            StuckLetters stuck) {
        this.stores = stores;
        this.box = box;
        this.allowance = allowance;
        this.messages = messages;
        this.base = base;
        this.ids = ids;
        this.stuck = stuck;
        this.busy = ConcurrentHashMap.newKeySet();
    }

    @Override
    public List<SignUpMail> claim(int max) {
        if (!box.ready()) {
            return List.of();
        }
        return stores
                .unitOfWork()
                .read(tx -> stores.mails().due(tx, stores.clock().instant(), max))
                .stream()
                .filter(mail -> busy.add(mail.id()))
                .toList();
    }

    @Override
    public void release(SignUpMail mail) {
        busy.remove(mail.id());
    }

    @Override
    public Object key(SignUpMail mail) {
        return mail.id();
    }

    @Override
    public Optional<Instant> nextAt() {
        return box.ready() ? stores.unitOfWork().read(stores.mails()::nextAt) : Optional.empty();
    }

    @Override
    public Wakeup wakeup() {
        return stores.bell();
    }

    /** Sends one, once. */
    public void send(SignUpMail claimed) {
        Optional<SignUpMail> about = stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            Optional<SignUpMail> waiting =
                    stores.mails().find(tx, claimed.id()).filter(mail -> mail.state() == State.WAITING);
            if (waiting.isEmpty()) {
                return waiting;
            }
            Optional<SignUpMail> now = waiting.filter(mail -> wanted(stores.suppressions()
                    .find(tx, mail.branch(), key(mail.sealed().address()))
                    .orElse(null)));
            Instant at = stores.clock().instant();
            Optional<Instant> again = now.isPresent() ? allowed(tx, claimed, at) : Optional.empty();
            if (again.isPresent()) {
                // No attempt: nothing has left, and it goes as soon as there is room.
                stores.mails().attempted(tx, claimed.id(), State.WAITING, claimed.attempts(), again.get(), null);
                return Optional.<SignUpMail>empty();
            }
            stores.mails()
                    .attempted(
                            tx,
                            claimed.id(),
                            now.isPresent() ? State.UNKNOWN : State.VOID,
                            claimed.attempts() + 1,
                            now.isPresent() ? stores.clock().instant() : null,
                            null);
            return now;
        });
        about.ifPresent(mail -> settle(mail, box.send(letter(mail))));
    }

    private Optional<Instant> allowed(Tx tx, SignUpMail mail, Instant at) {
        return mail.kind() == SignUpMail.Kind.STILL ? allowance.takeUnasked(tx, at) : allowance.take(tx, at);
    }

    private static String key(String address) {
        return MailAddress.of(address).map(MailAddress::key).orElse(address);
    }

    /** Looked up again: somebody may have complained since it was asked for. */
    private static boolean wanted(Suppressions.@Nullable Entry entry) {
        return entry == null || entry.reason() == Suppressions.Reason.LEFT;
    }

    private void settle(SignUpMail mail, Posted posted) {
        Clock clock = stores.clock();
        Instant now = clock.instant();
        int attempts = mail.attempts() + 1;
        stores.unitOfWork().write(Urgency.DELIVERY, tx -> {
            switch (posted) {
                case Posted.Taken _ -> {
                    stuck.went(tx, mail.branch(), StuckLetters.MAIL);
                    stores.mails().attempted(tx, mail.id(), State.SENT, attempts, null, null);
                    if (mail.kind() == SignUpMail.Kind.STILL) {
                        // It may have waited long for room in the mail of a day: the days to answer begin now.
                        stores.mails().extend(tx, mail.id(), now.plus(SignUpOutbox.STILL));
                        Retention.asked(stores, tx, mail.branch(), mail.subscriberId());
                    }
                }
                case Posted.Unknown unknown ->
                    stores.mails().attempted(tx, mail.id(), State.SENT, attempts, null, unknown.why());
                case Posted.Refused refused -> {
                    stores.mails().attempted(tx, mail.id(), State.FAILED, attempts, null, refused.why());
                    if (!refused.address()) {
                        stuck.stuck(tx, mail.branch(), StuckLetters.MAIL, refused.why());
                        untried(tx, mail);
                    }
                }
                case Posted.Later later -> {
                    boolean over = mail.createdAt().plus(GIVE_UP).isBefore(now);
                    Duration rest = SHORTEST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
                    Duration asked = later.delay();
                    Instant next = now.plus(asked != null && asked.compareTo(rest) > 0 ? asked : rest);
                    stores.mails()
                            .attempted(
                                    tx,
                                    mail.id(),
                                    over ? State.FAILED : State.WAITING,
                                    attempts,
                                    over ? null : next,
                                    later.why());
                    if (later.everyone() && (over || attempts >= StuckLetters.FAILURES)) {
                        stuck.stuck(tx, mail.branch(), StuckLetters.MAIL, later.why());
                    }
                    if (over) {
                        untried(tx, mail);
                    }
                }
            }
            return true;
        });
        if (!(posted instanceof Posted.Taken)) {
            log.atWarn()
                    .addKeyValue("mail", mail.id())
                    .addKeyValue("outcome", posted.getClass().getSimpleName())
                    .log("a mail about a sign-up was not taken");
        }
    }

    /** Surely nothing has left, and that is not his fault: he may ask again. Of an address that does not exist asking again mends nothing. */
    private void untried(Tx tx, SignUpMail mail) {
        String address = key(mail.sealed().address());
        String to = mail.kind() == SignUpMail.Kind.DATA ? SignUps.DATA_LINK + address : address;
        Instant at = mail.createdAt();
        for (String who : List.of(to, "subscriber:" + mail.subscriberId())) {
            stores.tries().giveBack(tx, stores.suppressions().key(who), at.minus(TRIED), at);
        }
    }

    private Letter letter(SignUpMail mail) {
        Locale locale = Locale.forLanguageTag(mail.language());
        SignUpSettings settings = stores.unitOfWork().read(tx -> stores.house().settings(tx, mail.branch()));
        String kind = mail.kind().name().toLowerCase(Locale.ROOT);
        String path = mail.kind() == SignUpMail.Kind.DATA || mail.kind() == SignUpMail.Kind.ALREADY
                ? "/newsletter/mine/"
                : "/newsletter/confirm/";
        Object[] pairs = {
            "controller", settings.controller(),
            "purpose", settings.purpose(mail.language()),
            "contact", settings.contact(),
            "link", base + path + mail.sealed().token()
        };
        return new Letter(
                ids.of(mail.id()),
                mail.sealed().address(),
                messages.text(Message.of("signup.mail." + kind + ".subject", pairs), locale),
                messages.text(Message.of("signup.mail." + kind, pairs), locale),
                null,
                mail.language(),
                Map.of());
    }
}
