package org.tocsin.app;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpClient;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Posted;
import org.tocsin.letter.ReturnBox;
import org.tocsin.mail.ImapReturns;
import org.tocsin.mail.ImapSettings;
import org.tocsin.mail.ReadMark;
import org.tocsin.mail.SmtpLetters;
import org.tocsin.newsletter.AlsoPost;
import org.tocsin.newsletter.Bounces;
import org.tocsin.newsletter.Departures;
import org.tocsin.newsletter.Imprint;
import org.tocsin.newsletter.Intents;
import org.tocsin.newsletter.LetterComposer;
import org.tocsin.newsletter.LetterImages;
import org.tocsin.newsletter.NewsletterStores;
import org.tocsin.newsletter.Newsletters;
import org.tocsin.newsletter.Outcomes;
import org.tocsin.newsletter.PostDigest;
import org.tocsin.newsletter.Preparation;
import org.tocsin.newsletter.Returns;
import org.tocsin.newsletter.SegmentChoices;
import org.tocsin.newsletter.Sending;
import org.tocsin.newsletter.SendingSettings;
import org.tocsin.newsletter.SignUpReturns;
import org.tocsin.newsletter.TelegramLetters;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlLetterLines;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.PeopleStores;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.web.NewsletterParts;

/**
 * What sends newsletters, put together.
 *
 * @param parts       what people do with them
 * @param preparation begins and ends them
 * @param sending     sends their letters
 * @param returns     acts on what comes back
 */
record Newslettering(NewsletterParts parts, Preparation preparation, Sending sending, Returns returns) {
    static Newslettering of(
            Settings settings,
            Stores stores,
            UnitOfWork intake,
            SignUp signUp,
            LetterBox box,
            HttpClient http,
            RetryPolicy retry,
            Messages messages,
            AlsoPost alsoPost,
            LetterImages images,
            Clock clock,
            Ids ids) {
        SqlLetterLines lines = new SqlLetterLines();
        SqlBounces bounces = new SqlBounces(ids);
        NewsletterStores rows = new NewsletterStores(
                intake,
                new SqlNewsletters(),
                new SqlNewsletterSends(),
                lines,
                bounces,
                signUp.people().subscribers(),
                signUp.people().suppressions(),
                stores.freezes(),
                stores.notices());
        String from = settings.text(Setting.MAIL_FROM).strip();
        LetterIds letterIds = LetterIds.ofNewsletters(stores.box()::hash);
        LetterComposer composer = new LetterComposer(
                images,
                signUp.links(),
                letterIds,
                branch -> imprint(signUp.people(), settings, branch),
                messages,
                new LetterComposer.Letterhead(
                        settings.url(Setting.PUBLIC_URL)
                                .map(URI::toString)
                                .orElse("")
                                .replaceAll("/+$", ""),
                        from.substring(from.lastIndexOf('@') + 1),
                        settings.text(Setting.NEWSLETTER_LEAVE).strip(),
                        settings.zone(Setting.ZONE)));
        SendingSettings pace = new SendingSettings(
                settings.number(Setting.NEWSLETTER_RATE), settings.number(Setting.NEWSLETTER_CONNECTIONS));
        Quotas quota = Quotas.of(settings);
        TelegramLetters bots = new BotLetters(
                http,
                server(settings),
                branch ->
                        house(signUp.people(), branch).map(SignUpSettings::bot).filter(token -> free(stores, token)));
        Wakeup preparing = new Wakeup();
        Wakeup sending = new Wakeup();
        Newsletters newsletters = new Newsletters(
                rows,
                composer,
                box,
                bots,
                quota,
                stores.audit(),
                settings.zone(Setting.ZONE),
                ids,
                clock,
                preparing,
                sending);
        return new Newslettering(
                new NewsletterParts(
                        newsletters,
                        new PostDigest(intake, stores.posts(), stores.deliveries(), newsletters),
                        composer,
                        new SignUpChoices(signUp.people()),
                        new Bounces(intake, bounces, signUp.team()),
                        settings.number(Setting.NEWSLETTER_RATE),
                        Quotas.ofNewsletters(settings)),
                new Preparation(
                        rows,
                        alsoPost,
                        box,
                        bots,
                        Preparation.BATCH,
                        settings.duration(Setting.DELIVERY_GRACE),
                        ids,
                        clock,
                        preparing,
                        sending),
                new Sending(
                        rows,
                        new Intents(rows, composer, quota, pace, clock),
                        new Outcomes(rows, retry, clock),
                        new Gone(signUp.leaving(), false),
                        box,
                        bots,
                        pace,
                        clock,
                        sending,
                        preparing),
                new Returns(
                        intake,
                        rows.sends(),
                        rows.newsletters(),
                        bounces,
                        letterIds,
                        returned(settings, stores),
                        new Gone(signUp.leaving(), false),
                        new Gone(signUp.leaving(), true),
                        new SignUpReturns(
                                intake,
                                signUp.people().mails(),
                                bounces,
                                LetterIds.ofSignUps(stores.box()::hash),
                                new Gone(signUp.leaving(), false),
                                new Gone(signUp.leaving(), true),
                                clock),
                        stores.notices(),
                        clock));
    }

    /** People go because of what came back. */
    private record Gone(Leaving leaving, boolean complained) implements Departures {
        @Override
        public boolean bounced(BranchId branch, String subscriberId, Instant written, String proof) {
            return complained
                    ? leaving.complained(branch, subscriberId, written, proof)
                    : leaving.bounced(branch, subscriberId, written, proof);
        }

        @Override
        public boolean moved(BranchId branch, String subscriberId, Instant written) {
            return leaving.moved(branch, subscriberId, written);
        }
    }

    /** @return the mailbox of returned letters; one in which nothing is where none is set up */
    private static ReturnBox returned(Settings settings, Stores stores) {
        String host = settings.text(Setting.RETURNS_HOST).strip();
        Optional<Secret> password = settings.secret(Setting.RETURNS_PASSWORD);
        if (host.isEmpty() || password.isEmpty()) {
            return taker -> 0;
        }
        return new ImapReturns(
                new ImapSettings(
                        host,
                        settings.number(Setting.RETURNS_PORT),
                        settings.flag(Setting.RETURNS_TLS),
                        settings.text(Setting.RETURNS_USER).strip(),
                        password.get(),
                        settings.text(Setting.RETURNS_FOLDER).strip()),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new ReadMark() {
                    @Override
                    public Optional<String> get() {
                        return stores.store().read(tx -> stores.meta().get(tx, "returns.read"));
                    }

                    @Override
                    public void put(String mark) {
                        stores.store().write(Urgency.DELIVERY, tx -> {
                            stores.meta().put(tx, "returns.read", mark);
                            return true;
                        });
                    }
                });
    }

    private static Optional<SignUpSettings> house(PeopleStores people, BranchId branch) {
        return Optional.of(people.unitOfWork().read(tx -> people.house().settings(tx, branch)));
    }

    /** A bot that a channel was connected with since hears nobody who wants to leave: it writes no letters either. */
    private static boolean free(Stores stores, Secret token) {
        return !stores.store().<Boolean>read(tx -> BotTokens.taken(stores, tx, token));
    }

    private static Imprint imprint(PeopleStores people, Settings settings, BranchId branch) {
        SignUpSettings said = house(people, branch).orElse(SignUpSettings.NONE);
        return new Imprint(
                said.controller().isBlank() ? settings.text(Setting.ORGANISATION) : said.controller(),
                said.postal(),
                said.contact().isBlank() ? settings.text(Setting.PRIVACY_CONTACT) : said.contact());
    }

    /** Topics and links as the team has made them. */
    private record SignUpChoices(PeopleStores people) implements SegmentChoices {
        @Override
        public Map<String, String> topics(BranchId branch, String language, Set<String> chosen) {
            Map<String, String> names = new LinkedHashMap<>();
            people.unitOfWork().read(tx -> people.house().topics(tx, branch)).stream()
                    .filter(topic -> topic.retiredAt() == null || chosen.contains(topic.id()))
                    .forEach(topic -> names.put(topic.id(), topic.name(language)));
            return names;
        }

        @Override
        public Map<String, String> links(BranchId branch) {
            Map<String, String> names = new LinkedHashMap<>();
            people.unitOfWork()
                    .read(tx -> people.house().links(tx, branch))
                    .forEach(link -> names.put(link.code(), link.name()));
            return names;
        }
    }

    private static String server(Settings settings) {
        return settings.url(Setting.TELEGRAM_SERVER).map(URI::toString).orElse(Tellers.TELEGRAM);
    }

    /** @return how letters leave by mail; one that is not ready where no server is set up */
    static LetterBox box(Settings settings, Clock clock) {
        return Tellers.smtp(settings)
                .<LetterBox>map(smtp -> new SmtpLetters(
                        smtp,
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        settings.text(Setting.ORGANISATION),
                        clock))
                .orElse(new NoServer());
    }

    private static final class NoServer implements LetterBox {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public Line open() {
            return new Line() {
                @Override
                public Posted send(Letter letter) {
                    return new Posted.Later(Message.of("newsletter.mail.unset"), null, true);
                }

                @Override
                public void close() {
                    // Nothing was opened.
                }
            };
        }
    }
}
