package org.tocsin.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.Newsletter.Text;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlAuditAliases;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlKeptLetters;
import org.tocsin.sql.SqlLetterLines;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlPersonRequests;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlSignUpMails;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.sql.SqlSubscriptionHooks;
import org.tocsin.sql.SqlSuppressions;
import org.tocsin.sql.SqlTries;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.LeaveLog;
import org.tocsin.subscriber.LeaveOrder;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.MailAllowance;
import org.tocsin.subscriber.PeopleStores;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpMailer;
import org.tocsin.subscriber.SignUpOutbox;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.SubscriberRepository;
import org.tocsin.subscriber.SubscriptionEvents;
import org.tocsin.subscriber.Suppressions;

/** People leave, are erased, restrict and come while a newsletter goes out, on the real store: who has left before his turn gets nothing. */
class LeavingRaceTest {
    private static final int PEOPLE = 300;
    private static final int GOING = 120;
    /** Have asked before it begins, and confirm while it is sent. */
    private static final int ASKING = 60;

    private static final Pattern TOKEN = Pattern.compile("https://tocsin\\.example/newsletter/\\w+/([\\w-]{43})");
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final BranchId MAIN = BranchId.MAIN;
    private static final Actor TEAM = Actor.daemon(MAIN);

    @TempDir
    private Path folder;

    /** Each look is later than the one before, so that the order of what happened can be told. */
    private static final class Ticks extends Clock {
        private final AtomicLong at = new AtomicLong();

        @Override
        public Instant instant() {
            return FakePeople.AGREED.plusSeconds(1_000_000).plusNanos(1_000 * at.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Who got what when: an intent's time is taken within its transaction, a leaving's after its own. */
    private static final class Seen {
        private final Map<String, Instant> begun = new ConcurrentHashMap<>();
        private final Map<String, Instant> gone = new ConcurrentHashMap<>();
        private final Map<String, Instant> confirming = new ConcurrentHashMap<>();
        private final List<String> letters = new CopyOnWriteArrayList<>();

        List<String> afterLeaving() {
            return gone.keySet().stream()
                    .filter(address -> begun.containsKey(address))
                    .filter(address -> begun.get(address).isAfter(gone.get(address)))
                    .toList();
        }
    }

    private record Watched(UnitOfWork real, Clock clock, Seen seen) implements UnitOfWork {
        @Override
        public <R> R write(Urgency urgency, Function<Tx, R> work) {
            return real.write(urgency, tx -> {
                R done = work.apply(tx);
                if (done instanceof Intents.Step.Mail mail) {
                    seen.begun.put(mail.letter().to(), clock.instant());
                }
                return done;
            });
        }

        @Override
        public <R> R read(Function<Tx, R> work) {
            return real.read(work);
        }
    }

    /** @param stale looks at people as they were when it began, which is wrong */
    private Seen run(boolean stale) throws Exception {
        Clock clock = new Ticks();
        Ids ids = new Ids(clock);
        Seen seen = new Seen();
        Semaphore turns = new Semaphore(0);
        try (SqlStore store = Opened.at(folder);
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            SqlSubscribers rows = new SqlSubscribers(Opened.BOX);
            SqlSuppressions suppressions = new SqlSuppressions(Opened.BOX);
            PeopleStores people = people(store, rows, suppressions, clock, ids);
            FakePeople before = FakePeople.byMail(PEOPLE);
            store.write(UnitOfWork.Urgency.BULK, tx -> {
                IntStream.range(0, PEOPLE).forEach(i -> rows.insert(tx, before.get(FakePeople.id(i))));
                return true;
            });
            new SignUpKeeping(people, new Messages(ZONE))
                    .save(TEAM, new SignUpSettings("Les Amis", "a@b.example", "", "x", "x", null, "", 0));
            SignUps signUps = new SignUps(people, new SignUpOutbox(people, () -> true));
            Map<String, String> tokens = asked(people, signUps);
            Semaphore confirmable = new Semaphore(0);
            SubscriberRepository asked = stale ? before.repository() : rows;
            Suppressions looked = stale ? before.suppressions() : suppressions;
            LetterBox box = box(seen, turns, confirmable);
            UnitOfWork watched = new Watched(store, clock, seen);
            NewsletterStores stores = new NewsletterStores(
                    watched,
                    new SqlNewsletters(),
                    new SqlNewsletterSends(),
                    new SqlLetterLines(),
                    new SqlBounces(ids),
                    asked,
                    looked,
                    new SqlFreezes(),
                    new SqlNotices(ids, clock, new Wakeup(), false));
            LetterComposer composer = new LetterComposer(
                    LetterImages.NONE,
                    new LetterRig.Links(),
                    LetterIds.ofNewsletters(Opened.BOX::hash),
                    branch -> new Imprint("Les Amis", "", ""),
                    new Messages(ZONE),
                    new LetterComposer.Letterhead("https://example.org", "example.org", "", ZONE));
            TelegramLetters bots = new LetterRig.NoBot();
            Wakeup bell = new Wakeup();
            Newsletters newsletters = new Newsletters(
                    stores, composer, box, bots, LetterQuota.NONE, new SqlAudit(clock), ZONE, ids, clock, bell, bell);
            Preparation preparation = new Preparation(
                    stores, AlsoPost.NONE, box, bots, 50, Duration.ofMinutes(15), ids, clock, bell, bell);
            SendingSettings pace = new SendingSettings(60_000_000, 2);
            Sending sending = new Sending(
                    stores,
                    new Intents(stores, composer, LetterQuota.NONE, pace, clock),
                    new Outcomes(stores, retry(), clock),
                    (branch, id, written, proof) -> true,
                    box,
                    bots,
                    pace,
                    clock,
                    bell,
                    bell);
            Newsletter draft = newsletters.create(
                    LetterRig.BOSS,
                    new Newsletters.Wanted(
                            Map.of("fr", new Text("La piscine rouvre", "", "Bonjour")),
                            "fr",
                            Segment.ALL,
                            false,
                            null));
            newsletters.send(LetterRig.BOSS, draft.id(), draft.version(), null, null);

            Future<?> leaving = workers.submit(() -> {
                leave(people, clock, seen, turns);
                return null;
            });
            Future<?> confirming = workers.submit(() -> {
                for (Map.Entry<String, String> one : tokens.entrySet()) {
                    confirmable.acquire();
                    seen.confirming.put(one.getKey(), clock.instant());
                    signUps.confirm(one.getValue());
                }
                return null;
            });
            Future<?> coming = workers.submit(() -> come(people));
            while (newsletters.find(LetterRig.BOSS, draft.id()).newsletter().state() != Newsletter.State.SENT) {
                preparation.claim(5).forEach(one -> {
                    preparation.work(one);
                    preparation.release(one);
                });
                List<Future<?>> turnsOfThis = new ArrayList<>();
                for (LetterRun run : sending.claim(5)) {
                    turnsOfThis.add(workers.submit(() -> {
                        sending.run(run);
                        sending.release(run);
                        return null;
                    }));
                }
                for (Future<?> one : turnsOfThis) {
                    one.get(60, TimeUnit.SECONDS);
                }
            }
            turns.release(GOING);
            confirmable.release(ASKING);
            confirming.get(60, TimeUnit.SECONDS);
            leaving.get(60, TimeUnit.SECONDS);
            coming.get(60, TimeUnit.SECONDS);
            sending.close();
        }
        return seen;
    }

    /** @return who has asked and not confirmed yet, and by which token each can */
    private static Map<String, String> asked(PeopleStores people, SignUps signUps) {
        Map<String, String> tokens = new ConcurrentHashMap<>();
        SignUpMailer mailer = new SignUpMailer(
                people,
                new LetterBox() {
                    @Override
                    public boolean ready() {
                        return true;
                    }

                    @Override
                    public LetterBox.Line open() {
                        return new LetterBox.Line() {
                            @Override
                            public Posted send(Letter letter) {
                                Matcher token = TOKEN.matcher(letter.text());
                                assertThat(token.find()).as(letter.text()).isTrue();
                                tokens.put(letter.to(), token.group(1));
                                return new Posted.Taken();
                            }

                            @Override
                            public void close() {}
                        };
                    }
                },
                MailAllowance.NONE,
                new Messages(ZONE),
                "https://tocsin.example",
                LetterIds.ofSignUps(Opened.BOX::hash),
                new StuckNotices(new SqlNotices(new Ids(Clock.systemUTC()), Clock.systemUTC(), new Wakeup(), false)));
        String text = signUps.text(MAIN, "fr").orElseThrow().id();
        for (int i = 0; i < ASKING; i++) {
            signUps.ask(
                    MAIN,
                    "asks" + i + "@example.org",
                    new SignUps.Wish("fr", Set.of(), text, null, null, Door.PAGE),
                    "192.0.2." + i);
        }
        mailer.claim(ASKING).forEach(mail -> {
            mailer.send(mail);
            mailer.release(mail);
        });
        assertThat(tokens).hasSize(ASKING);
        return tokens;
    }

    private static PeopleStores people(
            SqlStore store, SqlSubscribers rows, SqlSuppressions suppressions, Clock clock, Ids ids) {
        SqlSignUp house = new SqlSignUp(Opened.BOX);
        ConsentRegister register = new ConsentRegister(new SqlConsents(Opened.BOX), clock);
        return new PeopleStores(
                store,
                rows,
                suppressions,
                house,
                register,
                new SqlSignUpMails(Opened.BOX),
                new SqlTries(ids),
                new LeaveOrder(new LeaveLog() {
                    @Override
                    public void add(List<LeaveLog.Line> lines) {}

                    @Override
                    public List<LeaveLog.Line> lines() {
                        return List.of();
                    }
                }),
                new SqlAudit(clock),
                new SqlAuditAliases(),
                new SqlPersonRequests(),
                new SqlKeptLetters(),
                ids,
                clock,
                new Wakeup(),
                new SubscriptionEvents(
                        new SqlSubscriptionHooks(Opened.BOX), house, register, ids, clock, new Wakeup()));
    }

    private static RetryPolicy retry() {
        return new RetryPolicy(
                new DeliverySettings(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(30),
                        Duration.ofHours(24),
                        3),
                new Random(7));
    }

    private static LetterBox box(Seen seen, Semaphore turns, Semaphore confirmable) {
        return new LetterBox() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public LetterBox.Line open() {
                return new LetterBox.Line() {
                    @Override
                    public Posted send(Letter letter) {
                        seen.letters.add(letter.to());
                        turns.release();
                        confirmable.release();
                        return new Posted.Taken();
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    /** With each letter that leaves somebody goes, this way or that. */
    private static void leave(PeopleStores people, Clock clock, Seen seen, Semaphore turns)
            throws InterruptedException {
        Leaving leaving =
                new Leaving(people, (tx, one) -> new SqlNewsletterSends().forget(tx, one.id(), clock.instant()));
        Choices choices = new Choices(people, new SignUpOutbox(people, () -> true), (tx, one) -> {});
        List<Integer> order = new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
        Collections.shuffle(order, new Random(20261127));
        for (int i = 0; i < GOING; i++) {
            turns.acquire();
            String id = FakePeople.id(order.get(i));
            switch (i % 4) {
                case 0 -> leaving.leave(MAIN, id, Door.LETTER, "");
                case 1 -> leaving.erase(MAIN, id, Door.LETTER, "");
                case 2 -> leaving.complained(MAIN, id, clock.instant(), "");
                default -> choices.restrict(MAIN, id, Door.LETTER);
            }
            seen.gone.put(FakePeople.address(order.get(i)), clock.instant());
        }
    }

    private static int come(PeopleStores people) {
        StringBuilder table = new StringBuilder("email\n");
        for (int i = 0; i < 100; i++) {
            table.append("new").append(i).append("@example.org\n");
        }
        return new SubscriberImport(people, new Leaving(people, (tx, one) -> {}))
                .add(TEAM, table.toString(), "Paper form at the market, kept by the secretary.", true)
                .added();
    }

    @Test
    void who_has_left_before_his_turn_gets_nothing_and_everybody_else_one_letter() throws Exception {
        Seen seen = run(false);
        assertThat(seen.gone).hasSize(GOING);
        assertThat(seen.afterLeaving())
                .as("letters that were begun after their readers had gone")
                .isEmpty();
        assertThat(seen.letters).doesNotHaveDuplicates();
        assertThat(seen.gone.keySet().stream().filter(address -> !seen.letters.contains(address)))
                .as("some have gone before their turn, or the race shows nothing")
                .hasSizeGreaterThan(10);
        assertThat(seen.confirming).hasSize(ASKING);
        assertThat(seen.confirming.keySet().stream().filter(seen.begun::containsKey))
                .as("letters that were begun before their readers confirmed")
                .allSatisfy(address -> assertThat(seen.begun.get(address)).isAfter(seen.confirming.get(address)));
        for (int i = 0; i < PEOPLE; i++) {
            String address = FakePeople.address(i);
            assertThat(seen.letters.contains(address) || seen.gone.containsKey(address))
                    .as(address)
                    .isTrue();
        }
    }

    @Test
    void a_sender_that_looks_at_people_as_they_were_when_it_began_is_found_out() throws Exception {
        assertThat(run(true).afterLeaving()).isNotEmpty();
    }
}
