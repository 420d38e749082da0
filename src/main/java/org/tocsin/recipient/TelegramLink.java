package org.tocsin.recipient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/**
 * Links a chat of Telegram with a recipient: a code is shown at the desk, and who writes it to the bot is told alerts from then on. Whatever
 * reads the bot’s messages hands a code that it was written to {@link #redeem}.
 */
public final class TelegramLink {
    private static final Duration LASTS = Duration.ofMinutes(15);
    /** 128 bits; 22 characters, of which Telegram lets 64 follow a start link. */
    private static final int BYTES = 16;

    private final UnitOfWork unitOfWork;
    private final RecipientRepository recipients;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random;

    public TelegramLink(UnitOfWork unitOfWork, RecipientRepository recipients, AuditTrail audit, Ids ids, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.recipients = recipients;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.random = new SecureRandom();
    }

    /** @return a code that works once, within fifteen minutes; only its hash is kept. Throws NOT_FOUND */
    public Secret code(Actor actor, String recipientId) {
        actor.require(Scope.MANAGE);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Recipient recipient = recipients
                    .find(tx, recipientId)
                    .filter(one -> one.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("recipient", recipientId));
            recipients.insertLink(
                    tx, hash(code), recipient.id(), clock.instant().plus(LASTS));
            audit.add(tx, actor, "recipient.link", recipientId, "");
            return Secret.of(code);
        });
    }

    /**
     * A code was written to a bot.
     *
     * @param channelId of the channel whose bot it is
     * @return who is told there from now on; empty where the code is unknown, used or too old
     */
    public Optional<Recipient> redeem(Tx tx, String code, String channelId, String chatId) {
        return recipients
                .useLink(tx, hash(code), clock.instant())
                .flatMap(id -> recipients.find(tx, id))
                .map(recipient -> linked(tx, recipient, channelId, chatId));
    }

    private Recipient linked(Tx tx, Recipient recipient, String channelId, String chatId) {
        Map<String, String> settings = Map.of("channel", channelId, "chatId", chatId);
        boolean there = recipients.ways(tx, recipient.id()).stream()
                .anyMatch(
                        way -> way.kind() == WayKind.TELEGRAM && way.settings().equals(settings));
        if (!there) {
            recipients.insert(
                    tx,
                    new Way(
                            ids.next(),
                            recipient.id(),
                            WayKind.TELEGRAM,
                            settings,
                            Map.of(),
                            clock.instant(),
                            Way.Health.UNTRIED));
            audit.add(tx, Actor.daemon(recipient.branch()), "recipient.way", recipient.id(), WayKind.TELEGRAM.name());
        }
        return recipient;
    }

    private static String hash(String code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
