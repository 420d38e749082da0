package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;

/** Where what needs a person is told; the notice is a row of the same transaction as what it tells. */
public interface Notices {
    /** The sorts of notice. */
    enum Kind {
        HELD,
        UNKNOWN,
        LATE,
        REFUSED,
        EXHAUSTED,
        CHANNEL_HELD,
        TOKEN_EXPIRING,
        /** A key to the API ends soon. */
        API_TOKEN_EXPIRING,
        CLOCK_JUMP,
        DELETE_REFUSED,
        REVISION_REFUSED,
        /** What is to be taken back waits for money. */
        BUDGET,
        /** What an author has written waits for somebody to agree to it. */
        APPROVAL,
        /** What an author has written was sent back to him; the subject is the post. */
        DECLINED,
        /** A source of mentions has stopped, or says what cannot be trusted. */
        SOURCE,
        /** A watch has rung. */
        ALERT,
        /** A way by which somebody is told does not work. */
        WAY,
        /** Somebody objects to being heard. */
        OBJECTION,
        /** A watch matches nothing: its words cannot be read any longer. */
        WATCH,
        /** A newsletter is held until a person lets it go on. */
        NEWSLETTER,
        /** Letters, or mails about sign-ups, do not leave: the mail server or the bot takes none. */
        LETTERS,
        /** The program that follows subscribers takes nothing. */
        SUBSCRIBER_WEBHOOK,
        /** The list of those who left, beside the database, was lost. */
        LEFT_LOST,
        /** Another program takes what is said to a bot. */
        BOT_HELD,
        /** The register of consent is not what it was; the subject is the branch. */
        REGISTER
    }

    /** The sorts whose subject is a delivery that needs a person. */
    Set<Kind> OF_DELIVERIES = Set.of(Kind.HELD, Kind.UNKNOWN, Kind.LATE, Kind.REFUSED, Kind.EXHAUSTED, Kind.APPROVAL);

    /** The sorts that tell of an edit which is stopped; their subject is the delivery whose words it changes. */
    Set<Kind> OF_REVISIONS = Set.of(Kind.HELD, Kind.REVISION_REFUSED);

    /** Closes the open notices of those sorts about that subject: what they told of has ended. */
    void close(Tx tx, BranchId branch, Set<Kind> kinds, String subject);

    /** Closes what was told of a delivery that no longer needs a person, in the transaction in which that is so. */
    default void settled(Tx tx, Delivery before, Delivery after) {
        if (before.nextAction() == NextAction.PERSON && after.nextAction() != NextAction.PERSON) {
            close(tx, before.branch(), OF_DELIVERIES, before.id());
        }
    }

    /**
     * @param kind    the sort
     * @param subject the id of the delivery or channel
     * @param message what to tell
     */
    void raise(Tx tx, BranchId branch, Kind kind, String subject, Message message);

    /**
     * Removes the notices of a sort that were raised before that, open or not.
     *
     * @return how many, at most {@code max}
     */
    default int forget(Tx tx, Kind kind, Instant before, int max) {
        return 0;
    }

    /** @return what the open notices of a sort are about, the newest first */
    List<String> open(Tx tx, BranchId branch, Kind kind, int max);

    /** @return whether that very notice was raised before, open or not */
    default boolean told(Tx tx, BranchId branch, Kind kind, String subject, Message message) {
        return false;
    }
}
