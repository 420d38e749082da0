package org.tocsin.subscriber;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Tx;

/** Writes down what a row of the register says of a subscriber as he is now. */
final class Consents {
    private Consents() {}

    static Consent of(
            PeopleStores stores,
            Tx tx,
            Subscriber who,
            Consent.Kind kind,
            @Nullable ConsentText text,
            Consent.Door door,
            String proof) {
        List<String> topics = stores.house().topics(tx, who.branch()).stream()
                .filter(topic -> who.topics().contains(topic.id()))
                .map(topic -> topic.name(who.language()))
                .toList();
        return new Consent(
                kind,
                purpose(stores, tx, who, text),
                who.language(),
                text == null ? null : ConsentRegister.sha256(text.text()),
                who.reach(),
                who(who),
                topics,
                who.link(),
                door,
                proof);
    }

    /** @return what was told with the text that he was shown; without one, what holds now */
    private static String purpose(PeopleStores stores, Tx tx, Subscriber who, @Nullable ConsentText text) {
        return Optional.ofNullable(text)
                .flatMap(shown -> stores.house().told(tx, shown.id()))
                .map(ConsentTold::purpose)
                .orElseGet(() -> stores.house().settings(tx, who.branch()).purpose(who.language()));
    }

    /** @return where letters go: an address, or {@code telegram:} and a number */
    static String who(Subscriber one) {
        String address = one.person().address();
        return one.reach() == Subscriber.Reach.MAIL && address != null
                ? address
                : "telegram:" + one.person().telegramId();
    }

    /** Adds it to the register, and to what is told. */
    static void add(PeopleStores stores, Tx tx, Subscriber who, Consent.Kind kind, Consent.Door door, String proof) {
        stores.register().add(tx, who.branch(), who.id(), null, of(stores, tx, who, kind, null, door, proof));
        stores.events().add(tx, who, kind, door);
    }
}
