package org.tocsin.newsletter;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.tocsin.base.BranchId;
import org.tocsin.base.DueQueue;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Posted;
import org.tocsin.newsletter.Newsletter.Text;
import org.tocsin.newsletter.NewsletterSend.State;
import org.tocsin.people.Actor;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlLetterLines;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;

/** Everything that sends, on a real store, with people in memory; without routes: a test says when what is due is done. */
public final class LetterRig implements AutoCloseable {
    public static final Actor BOSS = Actor.daemon(BranchId.MAIN);
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private final SqlStore store;
    private final NewsletterStores stores;
    private final Newsletters newsletters;
    private final Preparation preparation;
    private final Sending sending;
    private final LetterComposer composer;

    /** What a test may exchange. */
    public record Parts(
            Clock clock,
            FakePeople people,
            LetterBox box,
            TelegramLetters bots,
            LetterQuota quota,
            SendingSettings settings,
            int batch,
            UnaryOperator<SendRepository> sends,
            UnaryOperator<UnitOfWork> unitOfWork,
            AlsoPost alsoPost,
            LetterImages images) {
        public static Parts of(Clock clock, FakePeople people, LetterBox box) {
            return new Parts(
                    clock,
                    people,
                    box,
                    new NoBot(),
                    LetterQuota.NONE,
                    new SendingSettings(60_000_000, 2),
                    Preparation.BATCH,
                    sends -> sends,
                    work -> work,
                    AlsoPost.NONE,
                    LetterImages.NONE);
        }

        Parts bots(TelegramLetters other) {
            return new Parts(clock, people, box, other, quota, settings, batch, sends, unitOfWork, alsoPost, images);
        }

        Parts quota(LetterQuota other) {
            return new Parts(clock, people, box, bots, other, settings, batch, sends, unitOfWork, alsoPost, images);
        }

        Parts settings(SendingSettings other) {
            return new Parts(clock, people, box, bots, quota, other, batch, sends, unitOfWork, alsoPost, images);
        }

        public Parts connections(int number) {
            return settings(new SendingSettings(60_000_000, number));
        }

        public Parts batch(int other) {
            return new Parts(clock, people, box, bots, quota, settings, other, sends, unitOfWork, alsoPost, images);
        }

        public Parts sends(UnaryOperator<SendRepository> other) {
            return new Parts(clock, people, box, bots, quota, settings, batch, other, unitOfWork, alsoPost, images);
        }

        public Parts unitOfWork(UnaryOperator<UnitOfWork> other) {
            return new Parts(clock, people, box, bots, quota, settings, batch, sends, other, alsoPost, images);
        }

        Parts images(LetterImages other) {
            return new Parts(clock, people, box, bots, quota, settings, batch, sends, unitOfWork, alsoPost, other);
        }

        Parts alsoPost(AlsoPost other) {
            return new Parts(clock, people, box, bots, quota, settings, batch, sends, unitOfWork, other, images);
        }
    }

    static final class NoBot implements TelegramLetters {
        @Override
        public boolean ready(BranchId branch) {
            return false;
        }

        @Override
        public Posted send(BranchId branch, long telegramId, StyledText text, String language, String id) {
            throw new IllegalStateException("there is no bot");
        }
    }

    static final class Links implements LetterLinks {
        @Override
        public String leave(String subscriberId) {
            return "https://example.org/l/" + subscriberId;
        }

        @Override
        public String choices(String subscriberId) {
            return "https://example.org/c/" + subscriberId;
        }

        @Override
        public Optional<String> subscriber(String token) {
            return Optional.of(token);
        }
    }

    public LetterRig(Path folder, Parts parts) {
        Clock clock = parts.clock();
        Ids ids = new Ids(clock);
        this.store = Opened.at(folder);
        UnitOfWork work = parts.unitOfWork().apply(store);
        this.stores = new NewsletterStores(
                work,
                new SqlNewsletters(),
                parts.sends().apply(new SqlNewsletterSends()),
                new SqlLetterLines(),
                new SqlBounces(ids),
                parts.people().repository(),
                parts.people().suppressions(),
                new SqlFreezes(),
                new SqlNotices(ids, clock, new Wakeup(), false));
        this.composer = new LetterComposer(
                parts.images(),
                new Links(),
                LetterIds.ofNewsletters(Opened.BOX::hash),
                branch -> new Imprint("Les Amis", "1 rue de la Paix\n75000 Paris", "contact@example.org"),
                new Messages(ZONE),
                new LetterComposer.Letterhead("https://example.org", "example.org", "", ZONE));
        Wakeup preparing = new Wakeup();
        Wakeup bell = new Wakeup();
        this.newsletters = new Newsletters(
                stores,
                composer,
                parts.box(),
                parts.bots(),
                parts.quota(),
                new SqlAudit(clock),
                ZONE,
                ids,
                clock,
                preparing,
                bell);
        this.preparation = new Preparation(
                stores,
                parts.alsoPost(),
                parts.box(),
                parts.bots(),
                parts.batch(),
                Duration.ofMinutes(15),
                ids,
                clock,
                preparing,
                bell);
        RetryPolicy retry = new RetryPolicy(
                new DeliverySettings(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(30),
                        Duration.ofHours(24),
                        3),
                new Random(7));
        this.sending = new Sending(
                stores,
                new Intents(stores, composer, parts.quota(), parts.settings(), clock),
                new Outcomes(stores, retry, clock),
                (branch, id, written, proof) -> {
                    parts.people().change(id, FakePeople.into(Subscriber.State.UNREACHABLE));
                    return true;
                },
                parts.box(),
                parts.bots(),
                parts.settings(),
                clock,
                bell,
                preparing);
    }

    public Newsletters newsletters() {
        return newsletters;
    }

    public NewsletterStores stores() {
        return stores;
    }

    LetterComposer composer() {
        return composer;
    }

    public Preparation preparation() {
        return preparation;
    }

    public Sending sending() {
        return sending;
    }

    SqlStore store() {
        return store;
    }

    /** @return a draft to everybody in that segment */
    public Newsletter draft(Segment segment) {
        return newsletters.create(
                BOSS,
                new Newsletters.Wanted(
                        Map.of(
                                "fr", new Text("La piscine rouvre", "", "Bonjour **à tous**"),
                                "en", new Text("The pool opens", "", "Hello **everybody**")),
                        "fr",
                        segment,
                        false,
                        null));
    }

    /** @return its id */
    public String send(Segment segment) {
        Newsletter draft = draft(segment);
        newsletters.send(BOSS, draft.id(), draft.version(), null, null);
        return draft.id();
    }

    /** Does what is due until nothing is, one after the other. */
    public void work() throws InterruptedException {
        boolean some = true;
        for (int round = 0; some; round++) {
            if (round > 10_000) {
                throw new IllegalStateException("it does not end");
            }
            some = prepare();
            List<LetterRun> runs = sending.claim(10);
            for (LetterRun run : runs) {
                sending.run(run);
                sending.release(run);
                some = true;
            }
        }
    }

    /** @return whether there was something to do before sending */
    public boolean prepare() {
        List<Newsletter> claimed = new ArrayList<>(preparation.claim(10));
        claimed.forEach(one -> done(preparation, one));
        return !claimed.isEmpty();
    }

    private static void done(Preparation preparation, Newsletter one) {
        preparation.work(one);
        release(preparation, one);
    }

    private static <W> void release(DueQueue<W> queue, W work) {
        queue.release(work);
    }

    long notices(Notices.Kind kind) {
        return store.<List<String>>read(tx -> stores.notices().open(tx, BranchId.MAIN, kind, 10))
                .size();
    }

    long count(String id, State state) {
        return newsletters.find(BOSS, id).count(state);
    }

    Newsletter find(String id) {
        return newsletters.find(BOSS, id).newsletter();
    }

    @Override
    public void close() {
        sending.close();
        store.close();
    }
}
