package org.tocsin.web.desk;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.subscriber.PersonRequests;

/** How much waits for a person: what home shows above what is under way. */
final class Waiting {
    static final Set<DeliveryState> PERSON = EnumSet.of(DeliveryState.UNKNOWN, DeliveryState.HELD);
    static final Set<DeliveryState> FAILED = EnumSet.of(DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    private final CalendarRepository calendar;
    private final ApprovePost approve;
    private final NoticeRepository notices;
    private final PersonRequests requests;
    private final Clock clock;

    Waiting(DeskParts parts) {
        this.calendar = parts.calendar();
        this.approve = parts.approve();
        this.notices = parts.alerting().notices();
        this.requests = parts.signUp().requests();
        this.clock = parts.clock();
    }

    /** @return a count of all of it; a delivery counts once */
    int of(Tx tx, User user) {
        BranchId branch = user.branch();
        boolean approves = user.role().scopes().contains(Scope.APPROVE);
        boolean posts = user.role().scopes().contains(Scope.POST);
        boolean manages = user.role().scopes().contains(Scope.MANAGE);
        return deliveries(tx, branch).all()
                + (manages ? requests.open(tx, branch, Integer.MAX_VALUE).size() : 0)
                + (approves ? approve.awaiting(tx, branch, Integer.MAX_VALUE).size() : 0)
                + (posts ? approve.sentBack(tx, branch, Integer.MAX_VALUE).size() : 0)
                + NoticePages.atHome(tx, notices, user, Integer.MAX_VALUE).size();
    }

    /** @return of deliveries alone */
    CalendarRepository.Needs deliveries(Tx tx, BranchId branch) {
        return calendar.needs(tx, branch, clock.instant().minus(Rows.LATE));
    }
}
