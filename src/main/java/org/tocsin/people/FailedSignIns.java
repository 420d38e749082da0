package org.tocsin.people;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;

/**
 * Writes into the audit trail that somebody could not sign in (OWASP ASVS 5.0, 16.3.1), at most sixty times an hour: whoever guesses must not
 * fill the disk. The trail is kept for good, so of the address only the network is named, and of a login that nobody has nothing: people
 * type passwords there.
 */
final class FailedSignIns {
    private static final Logger log = LoggerFactory.getLogger(FailedSignIns.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int PER_HOUR = 60;

    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;
    private final Clock clock;

    private Instant began = Instant.EPOCH;
    private int written;
    private long unwritten;

    FailedSignIns(UnitOfWork unitOfWork, AuditTrail audit, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param user    whose login it was, where somebody has it
     * @param address from where it was tried; empty where that is not known
     */
    void add(String action, Optional<User> user, String address) {
        Optional<String> more = admitted();
        if (more.isEmpty()) {
            return;
        }
        BranchId branch = user.map(User::branch).orElse(BranchId.MAIN);
        Actor actor = new Actor(UserId.ANYONE.value(), branch, EnumSet.noneOf(Scope.class));
        try {
            unitOfWork.write(Urgency.REQUEST, tx -> {
                String from = address.isEmpty() ? "" : "network=" + network(address);
                audit.add(tx, actor, action, user.map(User::id).orElse(""), (from + more.get()).strip());
                return true;
            });
        } catch (RuntimeException e) {
            // On a full disk nobody is let in for that, and who is wrong is told so all the same.
            log.atWarn().setCause(e).addKeyValue("action", action).log("a failed sign-in is not in the audit trail");
        }
    }

    /** @return how many were left out since the last, to be told with this one; empty where this one is left out */
    private synchronized Optional<String> admitted() {
        Instant now = clock.instant();
        if (!now.isBefore(began.plus(HOUR))) {
            began = now;
            written = 0;
        }
        if (written >= PER_HOUR) {
            unwritten++;
            return Optional.empty();
        }
        written++;
        String more = unwritten == 0 ? "" : " others=" + unwritten;
        unwritten = 0;
        return Optional.of(more);
    }

    /** @return the first 24 bits of an IPv4 address, the first 48 of IPv6 */
    static String network(String address) {
        try {
            boolean prefix = address.matches("[0-9a-f]{16}");
            byte[] bytes =
                    InetAddress.ofLiteral(prefix ? colons(address) : address).getAddress();
            int kept = bytes.length == 4 ? 3 : 6;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * 8;
        } catch (UnknownHostException | IllegalArgumentException notAnAddress) {
            return "?";
        }
    }

    /** The network of an IPv6 address, as requests are told apart by it. */
    private static String colons(String hex) {
        return hex.replaceAll("(.{4})", "$1:") + ":";
    }
}
