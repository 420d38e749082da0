package org.tocsin.app;

import java.security.KeyPair;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.bot.PublicBot;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpClient;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.newsletter.StuckNotices;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;
import org.tocsin.sql.SqlAuditAliases;
import org.tocsin.sql.SqlBotReplies;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlConsents;
import org.tocsin.sql.SqlKeptLetters;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlPersonRequests;
import org.tocsin.sql.SqlSignUp;
import org.tocsin.sql.SqlSignUpMails;
import org.tocsin.sql.SqlSubscribers;
import org.tocsin.sql.SqlSubscriptionHooks;
import org.tocsin.sql.SqlSuppressions;
import org.tocsin.sql.SqlTalks;
import org.tocsin.sql.SqlTries;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.ConsentProof;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.ImportRuns;
import org.tocsin.subscriber.LeaveOrder;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.Origins;
import org.tocsin.subscriber.PeopleStores;
import org.tocsin.subscriber.PersonRequests;
import org.tocsin.subscriber.Retention;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpLinks;
import org.tocsin.subscriber.SignUpMailer;
import org.tocsin.subscriber.SignUpOutbox;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.SubscriptionEvents;
import org.tocsin.subscriber.Team;
import org.tocsin.subscriber.hook.HookSender;
import org.tocsin.subscriber.hook.SubscriptionHooks;
import org.tocsin.web.ProcessingRegister;
import org.tocsin.web.SignUpParts;
import org.tocsin.web.SubscriberViews;

/** Signing up to the newsletter, put together. */
record SignUp(
        PeopleStores people,
        SignUps signUps,
        Choices choices,
        Leaving leaving,
        Team team,
        SignUpKeeping keeping,
        SignUpLinks brings,
        SignUpOutbox outbox,
        SignUpMailer mailer,
        LetterLinks links,
        HookSender hookSender,
        SubscriptionHooks hooks,
        LeaveFile left,
        Runnable checkpoints,
        String base) {
    /** Of the audit trail and of the registers of consent. */
    static final String CHECKPOINTS = "audit.checkpoints";

    /**
     * @param intake refuses where the disk is full
     * @param log      empties the database's own log once somebody is erased
     * @param evidence signs what the register of consent stands at
     */
    static SignUp of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            LogEmptying log,
            DataFolder folder,
            Supplier<KeyPair> evidence,
            LetterBox box,
            HttpClient http,
            RetryPolicy retry,
            Messages messages,
            Clock clock,
            Ids ids) {
        String base = settings.text(Setting.PUBLIC_URL).replaceAll("/+$", "");
        SqlSubscriptionHooks hooks = new SqlSubscriptionHooks(stores.box());
        SqlSignUp house = new SqlSignUp(stores.box());
        ConsentRegister register = new ConsentRegister(new SqlConsents(stores.box()), clock);
        Wakeup hookBell = new Wakeup();
        LeaveFile left = new LeaveFile(folder.file("left.log"));
        PeopleStores people = new PeopleStores(
                intake,
                new SqlSubscribers(stores.box()),
                new SqlSuppressions(stores.box()),
                house,
                register,
                new SqlSignUpMails(stores.box()),
                new SqlTries(ids),
                new LeaveOrder(left),
                stores.audit(),
                new SqlAuditAliases(),
                new SqlPersonRequests(),
                new SqlKeptLetters(),
                ids,
                clock,
                new Wakeup(),
                new SubscriptionEvents(hooks, house, register, ids, clock, hookBell));
        HookSender hookSender = new HookSender(stores.store(), hooks, http, retry, stores.notices(), clock, hookBell);
        Quotas quota = Quotas.of(settings);
        SignUpOutbox outbox = new SignUpOutbox(
                people, () -> box.ready() && settings.url(Setting.PUBLIC_URL).isPresent());
        // Also where the bot was not asked: by the team, by the link of a mail, by time.
        BiConsumer<Tx, Subscriber> account = (tx, one) -> {
            Long number = one.person().telegramId();
            if (number != null) {
                new SqlTalks(stores.box()).forget(tx, one.branch(), number);
                new SqlBotReplies(stores.box()).forget(tx, number);
            }
        };
        Leaving leaving = new Leaving(people, (tx, one) -> {
            new SqlNewsletterSends().forget(tx, one.id(), clock.instant());
            new SqlBounces(ids).forget(tx, one.id());
            account.accept(tx, one);
            tx.afterCommit(log::soonAndLater);
        });
        Choices choices = new Choices(people, outbox, account);
        ConsentCheckpoints checkpoints = new ConsentCheckpoints(
                stores.store(), register, house, folder.file(CHECKPOINTS), evidence, stores.notices(), clock);
        ConsentProof proof = new ConsentProof(stores.store(), register, house, checkpoints);
        return new SignUp(
                people,
                new SignUps(people, outbox),
                choices,
                leaving,
                new Team(people, leaving, choices, proof),
                new SignUpKeeping(people, messages),
                new SignUpLinks(people, origins(stores)),
                outbox,
                new SignUpMailer(
                        people,
                        box,
                        quota.signUps(),
                        messages,
                        base,
                        LetterIds.ofSignUps(stores.box()::hash),
                        new StuckNotices(stores.notices())),
                new SealedLinks(stores.box()::hash, base),
                hookSender,
                new SubscriptionHooks(intake, hooks, house, hookSender, stores.notices(), stores.audit(), ids),
                left,
                () -> checkpoints.mark(proof),
                base);
    }

    private static Origins origins(Stores stores) {
        return new Origins() {
            @Override
            public Optional<Post> post(Tx tx, BranchId branch, String id) {
                return stores.posts().find(tx, branch, id).filter(post -> post.deletedAt() == null);
            }

            @Override
            public Optional<Campaign> campaign(Tx tx, BranchId branch, String id) {
                return stores.campaigns().find(tx, branch, id);
            }
        };
    }

    /**
     * @param bots asks Telegram for the name of a bot
     * @param work where it is seen what is under way
     * @param processing what is processed, as it stands
     * @return what is served of it
     */
    SignUpParts parts(Function<Secret, String> bots, LongWork work, ProcessingRegister processing) {
        SubscriberImport imports = new SubscriberImport(people, leaving);
        return new SignUpParts(
                signUps,
                choices,
                leaving,
                links,
                team,
                keeping,
                brings,
                new PersonRequests(people),
                imports,
                new ImportRuns(
                        imports,
                        work,
                        one -> Thread.ofVirtual().name("subscriber-import").start(one)),
                hooks,
                processing,
                bots,
                base);
    }

    /** Lets nothing of an older database go out that may have gone out long ago. */
    void hold(Tx tx, Stores stores) {
        people.mails().hold(tx);
        new SqlBotReplies(stores.box()).clearAll(tx);
        new SqlSubscriptionHooks(stores.box()).clear(tx);
    }

    /**
     * @param log empties the database's own log
     * @return what forgets by time alone
     */
    Retention retention(PublicBot bot, Runnable log) {
        return new Retention(people, leaving, outbox, bot.hearing(), log);
    }

    /** @return the bot by which people sign up */
    PublicBot bot(Stores stores, Messages messages, HttpClient http, String server) {
        return PublicBot.of(
                new PublicBot.Means(
                        people.unitOfWork(),
                        signUps,
                        choices,
                        leaving,
                        new SqlTalks(stores.box()),
                        new SqlBotReplies(stores.box()),
                        messages,
                        http,
                        (tx, token) -> BotTokens.taken(stores, tx, token),
                        people.ids(),
                        people.clock()),
                stores.box()::hash,
                (branch, id) -> choices.data(branch, id).map(SubscriberViews::file),
                server,
                base);
    }
}
