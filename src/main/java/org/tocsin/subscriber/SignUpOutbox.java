package org.tocsin.subscriber;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.SignUpMail.Kind;

/** Puts mails about sign-ups among those that wait. A token has 256 random bits; only its hash stays once it was sent. */
public final class SignUpOutbox {
    /** How long the link to one's data works. */
    static final Duration DATA = Duration.ofHours(1);
    /** How long one has to say that one still wants letters. */
    static final Duration STILL = Duration.ofDays(30);

    private final PeopleStores stores;
    private final BooleanSupplier ready;
    private final SecureRandom random;

    /** @param ready whether there is a server for mail */
    public SignUpOutbox(PeopleStores stores, BooleanSupplier ready) {
        this.stores = stores;
        this.ready = ready;
        this.random = new SecureRandom();
    }

    boolean ready() {
        return ready.getAsBoolean();
    }

    private static Duration life(Kind kind) {
        return switch (kind) {
            case CONFIRM, CORRECT -> SignUps.TOKEN;
            // Any stranger can have it sent, and it opens the same.
            case DATA, ALREADY -> DATA;
            case STILL -> STILL;
        };
    }

    /**
     * Adds one; those of the same kind before it do not work any more.
     *
     * @param address where it goes
     */
    void add(Tx tx, Subscriber to, Kind kind, String address) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = stores.clock().instant();
        stores.mails().revoke(tx, to.id(), kind);
        stores.mails()
                .insert(
                        tx,
                        new SignUpMail(
                                stores.ids().next(),
                                to.branch(),
                                to.id(),
                                kind,
                                to.language(),
                                ConsentRegister.sha256(token),
                                new SignUpMail.Contents(address, token),
                                SignUpMail.State.WAITING,
                                0,
                                now,
                                now.plus(life(kind)),
                                null,
                                now));
        tx.afterCommit(stores.bell()::ring);
    }
}
