package org.tocsin.subscriber;

import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Notices;

/** Tells the team once that a way by which letters leave takes none of them, and takes it back when one has left. */
public final class StuckLetters {
    /** The mail server, which all branches share. */
    public static final String MAIL = "MAIL";
    /** So often in a row is no hiccup any more. */
    public static final int FAILURES = 3;

    private static final int MOST = 100;

    private final Notices notices;

    public StuckLetters(Notices notices) {
        this.notices = notices;
    }

    /**
     * Nothing leaves, and a person must see to it.
     *
     * @param branch whose letters they are
     * @param way    {@link #MAIL}, or which bot
     */
    public void stuck(Tx tx, BranchId branch, String way, Message why) {
        if (!notices.open(tx, of(branch, way), Notices.Kind.LETTERS, MOST).contains(way)) {
            notices.raise(tx, of(branch, way), Notices.Kind.LETTERS, way, why);
        }
    }

    /** A letter was taken. */
    public void went(Tx tx, BranchId branch, String way) {
        notices.close(tx, of(branch, way), Set.of(Notices.Kind.LETTERS), way);
    }

    private static BranchId of(BranchId branch, String way) {
        return way.equals(MAIL) ? BranchId.MAIN : branch;
    }
}
