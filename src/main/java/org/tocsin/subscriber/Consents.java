package org.tocsin.subscriber;

import java.util.List;
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
        String address = who.person().address();
        return new Consent(
                kind,
                stores.house().settings(tx, who.branch()).purpose(who.language()),
                who.language(),
                text == null ? null : ConsentRegister.sha256(text.text()),
                who.reach(),
                who.reach() == Subscriber.Reach.MAIL && address != null
                        ? address
                        : "telegram:" + who.person().telegramId(),
                topics,
                who.link(),
                door,
                proof);
    }

    /** Adds it to the register, and to what is told. */
    static void add(PeopleStores stores, Tx tx, Subscriber who, Consent.Kind kind, Consent.Door door, String proof) {
        stores.register().add(tx, who.branch(), who.id(), null, of(stores, tx, who, kind, null, door, proof));
        stores.events().add(tx, who, kind, door);
    }
}
