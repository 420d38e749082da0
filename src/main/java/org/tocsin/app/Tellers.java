package org.tocsin.app;

import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.tocsin.alert.AckLinks;
import org.tocsin.alert.DailyMailQuota;
import org.tocsin.alert.Letters;
import org.tocsin.alert.Sender;
import org.tocsin.alert.way.MailWay;
import org.tocsin.alert.way.TelegramBot;
import org.tocsin.alert.way.WayOut;
import org.tocsin.alert.way.WaysOut;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Wakeup;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpClient;
import org.tocsin.mail.SmtpMailer;
import org.tocsin.mail.SmtpSettings;
import org.tocsin.recipient.Planner;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.Succession;
import org.tocsin.recipient.WayKind;
import org.tocsin.sql.SqlEpisodes;
import org.tocsin.sql.SqlMailDays;

/**
 * What tells people.
 *
 * @param planner    makes texts of what is due
 * @param sender     sends them
 * @param recipients what people do with those who are told
 */
record Tellers(Planner planner, Sender sender, Recipients recipients) {
    private static final Pattern FROM = Pattern.compile("[^\\s<>@,;:\"\\p{Cc}]{1,64}@[A-Za-z0-9.-]{1,250}");
    static final String TELEGRAM = "https://api.telegram.org";

    static Tellers of(
            Settings settings,
            Stores stores,
            HttpClient http,
            RetryPolicy retry,
            Messages messages,
            Succession succession,
            Clock clock,
            Ids ids,
            CrashPoints points) {
        TellingStores telling = stores.telling();
        Wakeup sending = new Wakeup();
        Map<WayKind, WayOut> ways = new EnumMap<>(WaysOut.of(http, clock, id -> bot(stores, id)));
        smtp(settings).ifPresent(smtp -> ways.put(WayKind.MAIL, mail(settings, smtp, stores, clock)));
        Optional<URI> publicUrl = settings.url(Setting.PUBLIC_URL);
        return new Tellers(
                new Planner(
                        stores.store(), telling.recipients(), telling.tellings(), ids, clock, telling.bell(), sending),
                new Sender(
                        stores.store(),
                        telling.recipients(),
                        telling.tellings(),
                        new Letters(
                                stores.alerts(),
                                new SqlEpisodes(),
                                stores.watches(),
                                stores.mentions(),
                                stores.notices(),
                                telling.tellings(),
                                messages,
                                links(stores),
                                publicUrl),
                        ways,
                        stores.notices(),
                        retry,
                        ids,
                        clock,
                        sending,
                        points),
                new Recipients(
                        stores.store(),
                        telling.recipients(),
                        telling.outbox(),
                        stores.users(),
                        stores.notices(),
                        stores.audit(),
                        succession,
                        settings.zone(Setting.ZONE),
                        settings.text(Setting.LANGUAGE),
                        ids,
                        clock));
    }

    /** Who holds the daemon's key makes them. */
    static AckLinks links(Stores stores) {
        return new AckLinks(stores.box()::hash);
    }

    private static MailWay mail(Settings settings, SmtpSettings smtp, Stores stores, Clock clock) {
        return new MailWay(
                new SmtpMailer(smtp, (SSLSocketFactory) SSLSocketFactory.getDefault(), clock),
                new DailyMailQuota(
                        stores.store(),
                        new SqlMailDays(),
                        settings.number(Setting.MAIL_QUOTA),
                        settings.zone(Setting.ZONE),
                        clock));
    }

    private static Optional<TelegramBot> bot(Stores stores, String channelId) {
        return stores.store()
                .read(tx -> stores.channels().find(tx, channelId))
                .filter(channel -> channel.network().equals("telegram"))
                .flatMap(channel -> channel.secret("botToken")
                        .map(token -> new TelegramBot(channel.setting("baseUrl").orElse(TELEGRAM), token)));
    }

    /** @return the mail server; empty where none is set up */
    static Optional<SmtpSettings> smtp(Settings settings) {
        String host = settings.text(Setting.MAIL_HOST).strip();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String from = settings.text(Setting.MAIL_FROM).strip();
        if (!FROM.matcher(from).matches()) {
            throw fault(Setting.MAIL_FROM, Message.of("app.mail.from", "value", from));
        }
        String user = settings.text(Setting.MAIL_USER).strip();
        return Optional.of(new SmtpSettings(
                host,
                settings.number(Setting.MAIL_PORT),
                encryption(settings.text(Setting.MAIL_TLS).strip()),
                user.isEmpty() ? null : user,
                settings.secret(Setting.MAIL_PASSWORD).orElse(null),
                from));
    }

    private static SmtpSettings.Encryption encryption(String name) {
        try {
            return SmtpSettings.Encryption.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw fault(Setting.MAIL_TLS, Message.of("app.mail.tls", "value", name));
        }
    }

    private static FaultException fault(Setting setting, Message message) {
        return new FaultException(Kind.INVALID, Fault.at("/" + setting.key(), message));
    }
}
