package org.tocsin.app;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.mail.SmtpSettings;
import org.tocsin.mention.Source;
import org.tocsin.network.Channel;
import org.tocsin.sql.SqlSubscriptionHooks;
import org.tocsin.subscriber.SubscriptionHook;
import org.tocsin.subscriber.Topic;
import org.tocsin.web.ProcessingFacts;

/** Reads what is really set, for the register of processing. */
record Processing(Settings settings, Stores stores, SignUp signUp) {
    ProcessingFacts facts() {
        return stores.store().read(this::facts);
    }

    private ProcessingFacts facts(Tx tx) {
        BranchId branch = BranchId.MAIN;
        Optional<SubscriptionHook> hook = new SqlSubscriptionHooks(stores.box()).find(tx, branch);
        Optional<SmtpSettings> mail = Tellers.smtp(settings);
        return new ProcessingFacts(
                settings.text(Setting.ORGANISATION),
                settings.text(Setting.PRIVACY_CONTACT).strip(),
                signUp.people().house().settings(tx, branch),
                signUp.people().house().topics(tx, branch).stream()
                        .filter((Topic topic) -> topic.retiredAt() == null)
                        .toList(),
                mail.map(one -> new ProcessingFacts.Mail(
                                one.host(), one.encryption().name()))
                        .orElse(null),
                settings.text(Setting.RETURNS_HOST).strip(),
                hook.map(one -> new ProcessingFacts.Follower(host(one.url()), one.withAddress()))
                        .orElse(null),
                networks(stores.channels().all(tx, branch).stream().map(Channel::network)),
                networks(stores.sources().all(tx, branch).stream()
                        .filter(Source::enabled)
                        .map(Source::network)),
                settings.duration(Setting.MENTION_KEEP),
                stores.telling().recipients().all(tx, branch).stream()
                        .flatMap(one -> stores.telling().recipients().ways(tx, one.id()).stream())
                        .map(way -> way.kind().name())
                        .distinct()
                        .sorted()
                        .toList(),
                stores.users().all(tx, branch).size());
    }

    private static String host(String url) {
        return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
    }

    /** What is none but our own machine receives nothing. */
    private static List<String> networks(Stream<String> ids) {
        return ids.filter(id -> !id.equals("rehearsal")).distinct().toList();
    }
}
