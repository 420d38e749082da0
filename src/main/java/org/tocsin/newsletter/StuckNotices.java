package org.tocsin.newsletter;

import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;
import org.tocsin.subscriber.StuckLetters;

/** Tells the team by a notice that no letters leave. */
public final class StuckNotices implements StuckLetters {
    private static final int MOST = 100;

    private final Notices notices;

    public StuckNotices(Notices notices) {
        this.notices = notices;
    }

    @Override
    public void stuck(Tx tx, BranchId branch, String way, Message why) {
        if (!notices.open(tx, of(branch, way), Notices.Kind.LETTERS, MOST).contains(way)) {
            notices.raise(tx, of(branch, way), Notices.Kind.LETTERS, way, why);
        }
    }

    @Override
    public void went(Tx tx, BranchId branch, String way) {
        notices.close(tx, of(branch, way), Set.of(Notices.Kind.LETTERS), way);
    }

    private static BranchId of(BranchId branch, String way) {
        return way.equals(MAIL) ? BranchId.MAIN : branch;
    }
}
