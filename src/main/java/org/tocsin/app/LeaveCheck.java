package org.tocsin.app;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.sql.SqlMeta;
import org.tocsin.subscriber.LeaveLog;
import org.tocsin.subscriber.Suppressions;

/**
 * Knows how long the list of those who left was. It only grows: where it is shorter than the database has seen it, it was lost or cut, and who left
 * since the database was copied is not known. Then everything is held, people are told, and what the database knows is written down again.
 */
final class LeaveCheck {
    private static final String NAME = "left.size";
    private static final String SUBJECT = "left.log";

    private final UnitOfWork unitOfWork;
    private final SqlMeta meta;
    private final LeaveFile file;
    private final Suppressions suppressions;
    private final Notices notices;

    LeaveCheck(UnitOfWork unitOfWork, SqlMeta meta, LeaveFile file, Suppressions suppressions, Notices notices) {
        this.unitOfWork = unitOfWork;
        this.meta = meta;
        this.file = file;
        this.suppressions = suppressions;
        this.notices = notices;
    }

    /**
     * To be called at the start, before anything is sent.
     *
     * @param hold done in the transaction that tells people
     * @return whether the list was lost or cut
     */
    boolean start(Consumer<Tx> hold) {
        boolean lost = unitOfWork.read(this::seen) > file.size();
        if (lost) {
            Set<String> there = new HashSet<>();
            file.lines().forEach(line -> there.add(key(line)));
            List<LeaveLog.Line> known = unitOfWork.read(suppressions::all);
            file.add(known.stream().filter(line -> !there.contains(key(line))).toList());
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                hold.accept(tx);
                notices.raise(tx, BranchId.MAIN, Notices.Kind.LEFT_LOST, SUBJECT, Message.of("signup.left.lost"));
                meta.put(tx, NAME, String.valueOf(file.size()));
                return true;
            });
        }
        mark();
        return lost;
    }

    private static String key(LeaveLog.Line line) {
        return line.branch().value() + " " + line.key();
    }

    /** Notes how long it is now. */
    void mark() {
        long size = file.size();
        if (unitOfWork.read(this::seen) != size) {
            unitOfWork.write(Urgency.DELIVERY, tx -> {
                meta.put(tx, NAME, String.valueOf(size));
                return true;
            });
        }
    }

    private long seen(Tx tx) {
        return meta.get(tx, NAME)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
