package org.tocsin.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mail.SmtpLetters;
import org.tocsin.mail.SmtpSettings;
import org.tocsin.newsletter.FakePeople;
import org.tocsin.newsletter.LetterRig;
import org.tocsin.newsletter.LetterRun;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.newsletter.SendRepository;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber.Reach;

/** What sends newsletters as a process of its own, to be killed; or one that is wrong on purpose. */
public final class LetterDaemon {
    /** So that a newsletter has many steps to be cut off between. */
    private static final int BATCH = 10;

    private LetterDaemon() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        int people = Integer.parseInt(args[2]);
        String wrong = args.length > 3 ? args[3] : "";
        AtomicReference<@Nullable UnitOfWork> store = new AtomicReference<>();
        SmtpSettings smtp =
                new SmtpSettings("127.0.0.1", port, SmtpSettings.Encryption.NONE, null, null, "lettre@example.org");
        LetterRig.Parts parts = LetterRig.Parts.of(
                        Clock.systemUTC(),
                        FakePeople.byMail(people),
                        new SmtpLetters(smtp, (SSLSocketFactory) SSLSocketFactory.getDefault(), "", Clock.systemUTC()))
                .batch(people > 1_000 ? 200 : BATCH)
                .unitOfWork(real -> {
                    store.set(real);
                    return new SlowBulk(real);
                })
                .sends(real -> wrong.equals("checkpoint-when-fetched") ? new LateRows(real, store) : real);
        try (LetterRig rig = new LetterRig(folder, parts)) {
            if (wrong.equals("intent-forgotten")) {
                forget(rig);
            }
            rig.sending().recover();
            List<Newsletter> known = rig.newsletters().page(LetterRig.BOSS, "", 1).stream()
                    .map(one -> one.newsletter())
                    .toList();
            String id =
                    known.isEmpty() ? rig.send(Segment.ALL) : known.getFirst().id();
            System.out.println("READY");
            System.out.flush();
            run(rig, id);
            var seen = rig.newsletters().find(LetterRig.BOSS, id);
            System.out.println("DONE " + seen.count(State.SENT) + " " + seen.count(State.UNKNOWN) + " "
                    + seen.counts().values().stream().mapToLong(Long::longValue).sum());
            rig.newsletters().unknown(LetterRig.BOSS, id).forEach(row -> System.out.println(row.subscriberId()));
            System.out.println("END");
            System.out.flush();
        }
    }

    private static void run(LetterRig rig, String id) {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = workers.submit(() -> {
                while (isOpen(rig, id)) {
                    rig.preparation().claim(5).forEach(one -> {
                        rig.preparation().work(one);
                        rig.preparation().release(one);
                    });
                    LockSupport.parkNanos(1_000_000);
                }
            });
            while (isOpen(rig, id)) {
                for (LetterRun run : rig.sending().claim(5)) {
                    var _ = workers.submit(() -> {
                        try {
                            rig.sending().run(run);
                        } finally {
                            rig.sending().release(run);
                        }
                        return null;
                    });
                }
                LockSupport.parkNanos(3_000_000);
            }
        }
    }

    private static boolean isOpen(LetterRig rig, String id) {
        return rig.newsletters().find(LetterRig.BOSS, id).newsletter().state() != Newsletter.State.SENT;
    }

    /** What a daemon that records only after sending would find at its start: no trace of an intent. */
    private static void forget(LetterRig rig) {
        SendRepository sends = rig.stores().sends();
        rig.stores().unitOfWork().write(Urgency.DELIVERY, tx -> {
            for (String id : sends.begun(tx)) {
                NewsletterSend row = sends.find(tx, id).orElseThrow();
                sends.move(
                        tx,
                        new NewsletterSend(
                                row.id(),
                                row.newsletterId(),
                                row.subscriberId(),
                                row.reach(),
                                State.WAITING,
                                0,
                                null,
                                row.changedAt(),
                                null,
                                row.changedAt()),
                        State.SENDING);
            }
            return true;
        });
    }

    /** Bulk work takes a while, as it does where there is much of it. */
    private record SlowBulk(UnitOfWork real) implements UnitOfWork {
        @Override
        public <R> R write(Urgency urgency, Function<Tx, R> work) {
            if (urgency == Urgency.BULK) {
                LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
            }
            return real.write(urgency, work);
        }

        @Override
        public <R> R read(Function<Tx, R> work) {
            return real.read(work);
        }
    }

    /** Wrong: that a batch was fetched is written down, and its rows come in a transaction of their own. */
    private record LateRows(SendRepository real, AtomicReference<@Nullable UnitOfWork> store)
            implements SendRepository {
        @Override
        public void add(Tx tx, List<NewsletterSend> rows) {
            UnitOfWork work = store.get();
            tx.afterCommit(() -> Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
                if (work != null) {
                    work.write(Urgency.BULK, later -> {
                        real.add(later, rows);
                        return true;
                    });
                }
            }));
        }

        @Override
        public void follow(Tx tx, String id, Reach reach) {
            real.follow(tx, id, reach);
        }

        @Override
        public Optional<NewsletterSend> find(Tx tx, String id) {
            return real.find(tx, id);
        }

        @Override
        public Optional<NewsletterSend> next(Tx tx, String newsletterId, Reach reach, Instant now) {
            return real.next(tx, newsletterId, reach, now);
        }

        @Override
        public Optional<Instant> nextAt(Tx tx, String newsletterId, Reach reach) {
            return real.nextAt(tx, newsletterId, reach);
        }

        @Override
        public boolean move(Tx tx, NewsletterSend row, State from) {
            return real.move(tx, row, from);
        }

        @Override
        public List<NewsletterSend> page(Tx tx, String newsletterId, State state, String after, int max) {
            return real.page(tx, newsletterId, state, after, max);
        }

        @Override
        public List<String> begun(Tx tx) {
            return real.begun(tx);
        }

        @Override
        public Map<State, Long> counts(Tx tx, String newsletterId) {
            return real.counts(tx, newsletterId);
        }

        @Override
        public boolean open(Tx tx, String newsletterId) {
            return real.open(tx, newsletterId);
        }

        @Override
        public void forget(Tx tx, String subscriberId, Instant now) {
            real.forget(tx, subscriberId, now);
        }

        @Override
        public void strike(Tx tx, String id, NewsletterSend.@Nullable Strike strike) {
            real.strike(tx, id, strike);
        }

        @Override
        public List<NewsletterSend> struck(Tx tx, NewsletterSend.Strike strike) {
            return real.struck(tx, strike);
        }

        @Override
        public @Nullable Message lastReason(Tx tx, String newsletterId, State state) {
            return real.lastReason(tx, newsletterId, state);
        }
    }
}
