package org.tocsin.watch.keeping;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** What people do with alerts. */
public final class Alerts {
    private final UnitOfWork unitOfWork;
    private final AlertRepository alerts;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;

    public Alerts(UnitOfWork unitOfWork, AlertRepository alerts, Notices notices, AuditTrail audit, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.alerts = alerts;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return newest first; see {@link AlertRepository#page} */
    public List<Alert> page(Actor actor, boolean open, String after, int max) {
        return unitOfWork.read(tx -> alerts.page(tx, actor.branch(), open, after, max));
    }

    /** @throws FaultException NOT_FOUND */
    public Alert find(Actor actor, String id) {
        return unitOfWork
                .read(tx -> alerts.find(tx, actor.branch(), id))
                .orElseThrow(() -> FaultException.notFound("alert", id));
    }

    /** Says that somebody has seen it; a second time changes nothing. */
    public Alert acknowledge(Actor actor, String id) {
        actor.require(Scope.POST);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            Alert alert = alerts.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("alert", id));
            if (alerts.acknowledge(tx, alert, actor.id(), clock.instant())) {
                notices.close(tx, actor.branch(), Set.of(Notices.Kind.ALERT), id);
                audit.add(tx, actor, "alert.acknowledge", id, alert.watchId());
            }
            return alerts.find(tx, actor.branch(), id).orElse(alert);
        });
    }
}
