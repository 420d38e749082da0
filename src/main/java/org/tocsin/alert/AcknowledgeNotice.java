package org.tocsin.alert;

import java.time.Clock;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.watch.keeping.Alerts;

/** A person has seen to what a notice tells. */
public final class AcknowledgeNotice {
    private final UnitOfWork unitOfWork;
    private final NoticeRepository notices;
    private final Alerts alerts;
    private final AuditTrail audit;
    private final Clock clock;

    public AcknowledgeNotice(
            UnitOfWork unitOfWork, NoticeRepository notices, Alerts alerts, AuditTrail audit, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.notices = notices;
        this.alerts = alerts;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The notice of an alert acknowledges the alert too.
     *
     * @throws FaultException of kind {@code NOT_FOUND} where the branch has no such notice, or it was acknowledged before
     */
    public void by(Actor actor, String id) {
        boolean found = unitOfWork.write(Urgency.REQUEST, tx -> {
            boolean done = notices.acknowledge(tx, actor.branch(), id, clock.instant());
            if (done) {
                audit.add(tx, actor, "notice.acknowledge", id, "");
                notices.find(tx, id)
                        .filter(notice -> notice.kind() == Notices.Kind.ALERT)
                        .ifPresent(notice -> alerts.noticed(tx, actor, notice.subject()));
            }
            return done;
        });
        if (!found) {
            throw FaultException.notFound("notice", id);
        }
    }
}
