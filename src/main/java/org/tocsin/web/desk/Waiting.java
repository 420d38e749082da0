package org.tocsin.web.desk;

import java.time.Clock;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.subscriber.PersonRequests;

/** How much waits for a person: what home shows above what is under way. */
final class Waiting {
    static final Set<DeliveryState> PERSON = EnumSet.of(DeliveryState.UNKNOWN, DeliveryState.HELD);
    static final Set<DeliveryState> FAILED = EnumSet.of(DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    /** Of each sort; every page counts. */
    private static final int COUNTED = 100;

    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final RemovalRepository removals;
    private final CalendarRepository calendar;
    private final ApprovePost approve;
    private final NoticeRepository notices;
    private final PersonRequests requests;
    private final Clock clock;

    Waiting(DeskParts parts) {
        this.deliveries = parts.deliveries();
        this.revisions = parts.revisions();
        this.removals = parts.removals();
        this.calendar = parts.calendar();
        this.approve = parts.approve();
        this.notices = parts.alerting().notices();
        this.requests = parts.signUp().requests();
        this.clock = parts.clock();
    }

    /** @return a count, at most a hundred of each sort; a delivery counts once */
    int of(Tx tx, User user) {
        BranchId branch = user.branch();
        Set<String> asked = new HashSet<>(removals.forPerson(tx, branch, COUNTED));
        deliveries.forPerson(tx, branch, PERSON, COUNTED).forEach(delivery -> asked.add(delivery.id()));
        deliveries.page(tx, branch, FAILED, "", COUNTED).forEach(delivery -> asked.add(delivery.id()));
        asked.addAll(revisions.deliveriesIn(tx, branch, Revision.State.HELD, COUNTED));
        asked.addAll(revisions.deliveriesIn(tx, branch, Revision.State.REFUSED, COUNTED));
        asked.addAll(calendar.overdue(tx, branch, clock.instant().minus(Rows.LATE), COUNTED));
        boolean approves = user.role().scopes().contains(Scope.APPROVE);
        boolean manages = user.role().scopes().contains(Scope.MANAGE);
        return asked.size()
                + (manages ? requests.open(tx, branch, COUNTED).size() : 0)
                + (approves ? approve.awaiting(tx, branch, COUNTED).size() : 0)
                + NoticePages.atHome(tx, notices, user, COUNTED).size();
    }
}
