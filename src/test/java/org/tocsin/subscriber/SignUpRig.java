package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Posted;
import org.tocsin.network.TestClock;
import org.tocsin.newsletter.StuckNotices;
import org.tocsin.people.Actor;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlAuditAliases;
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlKeptLetters;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlPersonRequests;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlSignUpMails;
import org.tocsin.sql.SqlStore;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.sql.SqlSubscriptionHooks;
import org.tocsin.sql.SqlSuppressions;
import org.tocsin.sql.SqlTries;

/** Signing up on a real store, with a mail server that takes everything and keeps it. */
final class SignUpRig {
    static final BranchId MAIN = BranchId.MAIN;
    static final Actor TEAM = Actor.daemon(MAIN);
    private static final Pattern TOKEN = Pattern.compile("https://tocsin\\.example/newsletter/\\w+/([\\w-]{43})");

    final TestClock clock;
    final List<Letter> letters = new ArrayList<>();
    final List<LeaveLog.Line> left = new ArrayList<>();
    final PeopleStores stores;
    final SignUps signUps;
    final Choices choices;
    final Leaving leaving;
    final Team team;
    final SignUpKeeping keeping;
    final SignUpLinks links;
    final PersonRequests requests;
    final Map<String, Post> posts = new HashMap<>();
    final Map<String, Campaign> campaigns = new HashMap<>();
    final Retention retention;
    final SignUpMailer mailer;
    final Notices notices;
    final SubscriptionHookRepository hooks;
    final List<String> erased = new ArrayList<>();
    final List<ConsentProof.Checkpoint> checkpoints = new ArrayList<>();
    final List<Long> accounts = new ArrayList<>();
    final List<String> askedByBot = new ArrayList<>();
    boolean hasBot = true;
    boolean diskLow;
    boolean listFails;
    Posted outcome = new Posted.Taken();
    MailAllowance allowance = MailAllowance.NONE;

    SignUpRig(SqlStore store, TestClock clock) {
        this.clock = clock;
        Ids ids = new Ids(clock);
        notices = new SqlNotices(ids, clock, new Wakeup(), false);
        SqlSignUp house = new SqlSignUp(Opened.BOX);
        hooks = new SqlSubscriptionHooks(Opened.BOX);
        ConsentRegister register = new ConsentRegister(new SqlConsents(Opened.BOX), clock);
        stores = new PeopleStores(
                guarded(store),
                new SqlSubscribers(Opened.BOX),
                new SqlSuppressions(Opened.BOX),
                house,
                register,
                new SqlSignUpMails(Opened.BOX),
                new SqlTries(ids),
                new LeaveOrder(new LeaveLog() {
                    @Override
                    public void add(List<LeaveLog.Line> lines) {
                        if (listFails) {
                            throw new FaultException(
                                    FaultException.Kind.STORAGE, Fault.at("", Message.of("app.disk.low")));
                        }
                        left.addAll(lines);
                    }

                    @Override
                    public List<LeaveLog.Line> lines() {
                        return List.copyOf(left);
                    }
                }),
                new SqlAudit(clock),
                new SqlAuditAliases(),
                new SqlPersonRequests(),
                new SqlKeptLetters(),
                ids,
                clock,
                new Wakeup(),
                new SubscriptionEvents(hooks, house, register, ids, clock, new Wakeup()));
        SignUpOutbox outbox = new SignUpOutbox(stores, () -> true);
        leaving = new Leaving(stores, (tx, one) -> erased.add(one.id()));
        choices = new Choices(
                stores, outbox, (tx, one) -> accounts.add(one.person().telegramId()));
        signUps = new SignUps(stores, outbox);
        team = new Team(
                stores,
                leaving,
                choices,
                new ConsentProof(stores.unitOfWork(), register, house, branch -> checkpoints));
        keeping = new SignUpKeeping(stores, new Messages());
        links = new SignUpLinks(stores, new Origins() {
            @Override
            public Optional<Post> post(Tx tx, BranchId branch, String id) {
                return Optional.ofNullable(posts.get(id))
                        .filter(post -> post.branch().equals(branch));
            }

            @Override
            public Optional<Campaign> campaign(Tx tx, BranchId branch, String id) {
                return Optional.ofNullable(campaigns.get(id))
                        .filter(one -> one.branch().equals(branch));
            }
        });
        requests = new PersonRequests(stores);
        retention = new Retention(stores, leaving, outbox, bot(), store::emptyLog);
        mailer = new SignUpMailer(
                stores,
                box(),
                new MailAllowance() {
                    @Override
                    public Optional<Instant> take(Tx tx, Instant now) {
                        return allowance.take(tx, now);
                    }

                    @Override
                    public Optional<Instant> takeUnasked(Tx tx, Instant now) {
                        return allowance.takeUnasked(tx, now);
                    }
                },
                new Messages(),
                "https://tocsin.example",
                LetterIds.ofSignUps(Opened.BOX::hash),
                new StuckNotices(notices));
        keeping.save(
                TEAM,
                new SignUpSettings(
                        "Les Amis", "contact@amis.example", "1, rue Basse", "nos nouvelles", "our news", null, "", 0));
    }

    /** As a disk that is nearly full: what people ask for is refused. */
    private UnitOfWork guarded(UnitOfWork store) {
        return new UnitOfWork() {
            @Override
            public <R> R write(Urgency urgency, Function<Tx, R> work) {
                if (diskLow && urgency == Urgency.REQUEST) {
                    throw new FaultException(FaultException.Kind.STORAGE, Fault.at("", Message.of("app.disk.low")));
                }
                return store.write(urgency, work);
            }

            @Override
            public <R> R read(Function<Tx, R> work) {
                return store.read(work);
            }
        };
    }

    private StillAsker bot() {
        return new StillAsker() {
            @Override
            public boolean ready(Tx tx) {
                return hasBot;
            }

            @Override
            public void askStill(Tx tx, Subscriber one) {
                askedByBot.add(one.id());
            }
        };
    }

    private LetterBox box() {
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
                        letters.add(letter);
                        return outcome;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    SignUps.Wish wish(String... topics) {
        return new SignUps.Wish(
                "fr", Set.of(topics), signUps.text(MAIN, "fr").orElseThrow().id(), null, null, Consent.Door.PAGE);
    }

    /** Puts a post there, for links to stand for. */
    void post(String id, String campaign) {
        posts.put(
                id,
                new Post(
                        id,
                        MAIN,
                        new UserId("lea"),
                        "Rendez-vous samedi\nau marché, avec tout le quartier et bien plus de monde encore qu’hier",
                        "fr",
                        Map.of(),
                        List.of(),
                        null,
                        campaign,
                        false,
                        false,
                        null,
                        null,
                        Instant.EPOCH,
                        1,
                        null,
                        null,
                        null,
                        null));
        campaigns.put(
                campaign, new Campaign(campaign, MAIN, "Mairie", null, null, null, List.of(), Map.of(), List.of(), 1));
    }

    Subscriber confirmedBy(String address, String code) {
        SignUps.Wish wish = wish();
        signUps.ask(
                MAIN,
                address,
                new SignUps.Wish(wish.language(), wish.topics(), wish.textId(), code, null, wish.door()),
                "192.0.2.1");
        post();
        signUps.confirm(token());
        return of(address);
    }

    /** Asks, and sends what waits. */
    void ask(String address) {
        signUps.ask(MAIN, address, wish(), "192.0.2.1");
        post();
    }

    void post() {
        mailer.claim(100).forEach(mail -> {
            mailer.send(mail);
            mailer.release(mail);
        });
    }

    /** The token of the last letter. */
    String token() {
        return token(letters.size() - 1);
    }

    /** @param letter its number, from 0 on */
    String token(int letter) {
        String text = letters.get(letter).text();
        Matcher token = TOKEN.matcher(text);
        if (!token.find()) {
            throw new AssertionError(text);
        }
        return token.group(1);
    }

    Subscriber confirmed(String address) {
        ask(address);
        signUps.confirm(token());
        return of(address);
    }

    Subscriber of(String address) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers().byAddress(tx, MAIN, address))
                .orElseThrow();
    }

    boolean there(String address) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers().byAddress(tx, MAIN, address))
                .isPresent();
    }
}
