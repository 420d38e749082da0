package org.tocsin.subscriber;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.letter.MailAddress;

/**
 * Everything that is kept of one person (GDPR, articles 15 and 20).
 *
 * @param subscriber as he is now
 * @param topics     names of what he chose; empty for everything
 * @param link       name of what brought him; null where nothing did
 * @param history    the register, in order
 * @param earlier    memberships that have ended, the first one first
 * @param requests   what he asked for by right, then and now, the first one first
 * @param awaited  the address that he gave and has not confirmed yet; null where there is none
 * @param letters  to him, then and now, the first one first
 * @param settings   who answers for it
 */
public record PersonData(
        Subscriber subscriber,
        List<String> topics,
        @Nullable String link,
        List<Step> history,
        List<Earlier> earlier,
        List<PersonRequest> requests,
        @Nullable String awaited,
        List<KeptLetter> letters,
        SignUpSettings settings) {
    /**
     * A row of the register with the text that was shown.
     *
     * @param text    null where none was
     * @param version of the text; 0 where none was shown
     */
    public record Step(
            Instant at, Consent consent, @Nullable String text, long version, String hash) {}

    /**
     * A membership of the same person that has ended.
     *
     * @param subscriber null where nothing but the register knows of it
     * @param history    what was said under an address or an account that he has used in his present one; what was said under another is left
     *     out, for an address may have been somebody else's before
     */
    public record Earlier(String id, @Nullable Subscriber subscriber, List<Step> history) {}

    /** @return empty where there is nobody */
    public static Optional<PersonData> of(PeopleStores stores, BranchId branch, String id) {
        return stores.unitOfWork()
                .read(tx -> stores.subscribers().find(tx, branch, id).map(one -> of(stores, tx, one)));
    }

    /** The same within a transaction that the caller has. */
    static PersonData of(PeopleStores stores, Tx tx, Subscriber one) {
        List<String> topics = stores.house().topics(tx, one.branch()).stream()
                .filter(topic -> one.topics().contains(topic.id()))
                .map(topic -> topic.name(one.language()))
                .toList();
        String code = one.link();
        List<Earlier> earlier = earlier(stores, tx, one);
        return new PersonData(
                one,
                topics,
                code == null
                        ? null
                        : stores.house()
                                .link(tx, one.branch(), code)
                                .map(SignUpLink::name)
                                .orElse(code),
                steps(stores, tx, one.id(), _ -> true),
                earlier,
                ids(earlier, one)
                        .flatMap(id -> stores.requests().of(tx, id).stream())
                        .sorted(Comparator.comparing(PersonRequest::at))
                        .toList(),
                stores.mails().awaited(tx, one.id()).orElse(null),
                ids(earlier, one)
                        .flatMap(id -> stores.letters().of(tx, id, one.language()).stream())
                        .toList(),
                stores.house().settings(tx, one.branch()));
    }

    private static Stream<String> ids(List<Earlier> earlier, Subscriber one) {
        return Stream.concat(earlier.stream().map(Earlier::id), Stream.of(one.id()));
    }

    private static List<Earlier> earlier(PeopleStores stores, Tx tx, Subscriber one) {
        Memberships memberships = new Memberships(stores);
        Set<String> keys = memberships.used(tx, one);
        return memberships.under(tx, one).stream()
                .map(id -> new Earlier(
                        id,
                        stores.subscribers().find(tx, one.branch(), id).orElse(null),
                        steps(stores, tx, id, consent -> keys.contains(key(stores, consent)))))
                .toList();
    }

    private static String key(PeopleStores stores, Consent consent) {
        return stores.suppressions()
                .key(MailAddress.of(consent.who()).map(MailAddress::key).orElse(consent.who()));
    }

    private static List<Step> steps(PeopleStores stores, Tx tx, String id, Predicate<Consent> given) {
        return stores.register().of(tx, id).stream()
                .flatMap(
                        row -> Optional.ofNullable(row.consent())
                                .filter(given)
                                .map(consent -> step(stores, tx, row, consent))
                                .stream())
                .toList();
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
