package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/**
 * Everything that is kept of one person (GDPR, articles 15 and 20).
 *
 * @param subscriber as he is now
 * @param topics     names of what he chose; empty for everything
 * @param link       name of what brought him; null where nothing did
 * @param history    the register, in order
 * @param settings   who answers for it
 */
public record PersonData(
        Subscriber subscriber,
        List<String> topics,
        @Nullable String link,
        List<Step> history,
        SignUpSettings settings) {
    /**
     * A row of the register with the text that was shown.
     *
     * @param text    null where none was
     * @param version of the text; 0 where none was shown
     */
    public record Step(
            Instant at, Consent consent, @Nullable String text, long version, String hash) {}

    /** @return empty where there is nobody */
    public static Optional<PersonData> of(PeopleStores stores, BranchId branch, String id) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers().find(tx, branch, id).map(one -> of(stores, tx, one)));
    }

    private static PersonData of(PeopleStores stores, Tx tx, Subscriber one) {
        List<String> topics = stores.house().topics(tx, one.branch()).stream()
                .filter(topic -> one.topics().contains(topic.id()))
                .map(topic -> topic.name(one.language()))
                .toList();
        String code = one.link();
        List<Step> history = stores.register().of(tx, one.id()).stream()
                .flatMap(row ->
                        Optional.ofNullable(row.consent()).map(consent -> step(stores, tx, row, consent)).stream())
                .toList();
        return new PersonData(
                one,
                topics,
                code == null
                        ? null
                        : stores.house()
                                .link(tx, one.branch(), code)
                                .map(SignUpLink::name)
                                .orElse(code),
                history,
                stores.house().settings(tx, one.branch()));
    }

    private static Step step(PeopleStores stores, Tx tx, ConsentRow row, Consent consent) {
        String textId = row.textId();
        Optional<ConsentText> text =
                textId == null ? Optional.empty() : stores.house().text(tx, textId);
        return new Step(
                row.at(),
                consent,
                text.map(ConsentText::text).orElse(null),
                text.map(ConsentText::number).orElse(0L),
                row.hash());
    }
}
