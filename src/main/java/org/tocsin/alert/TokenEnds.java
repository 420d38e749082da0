package org.tocsin.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.ApiToken;
import org.tocsin.people.TokenRepository;

/** Tells of keys to the API that end within a week, before the program that uses one is refused. */
public final class TokenEnds {
    private static final Duration SOON = Duration.ofDays(7);
    private static final Set<Notices.Kind> KIND = Set.of(Notices.Kind.API_TOKEN_EXPIRING);

    private final UnitOfWork unitOfWork;
    private final TokenRepository tokens;
    private final Notices notices;
    private final Clock clock;

    public TokenEnds(UnitOfWork unitOfWork, TokenRepository tokens, Notices notices, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.tokens = tokens;
        this.notices = notices;
        this.clock = clock;
    }

    /** Of each once; one that was made to live a week or less is told of by whoever made it. What is revoked is told no longer. */
    public void tell() {
        Instant now = clock.instant();
        if (unitOfWork.read(tx -> tokens.ending(tx, now.plus(SOON))).isEmpty()) {
            return;
        }
        unitOfWork.write(Urgency.BULK, tx -> {
            tokens.ending(tx, now.plus(SOON)).forEach(token -> tell(tx, token, now));
            return true;
        });
    }

    private void tell(Tx tx, ApiToken token, Instant now) {
        Instant end = token.expiresAt();
        if (token.revokedAt() != null || end == null) {
            notices.close(tx, token.branch(), KIND, token.id());
            return;
        }
        Message message = Message.of("people.token.expiring", "name", token.name(), "at", end);
        if (now.isBefore(end)
                && token.createdAt().plus(SOON).isBefore(end)
                && !notices.told(tx, token.branch(), Notices.Kind.API_TOKEN_EXPIRING, token.id(), message)) {
            notices.raise(tx, token.branch(), Notices.Kind.API_TOKEN_EXPIRING, token.id(), message);
        }
    }
}
