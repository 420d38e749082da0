package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AnnotationRepository;
import org.tocsin.audience.Period;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Notes what happened on a day: a meeting, a leaflet, a broadcast. */
public final class Annotations {
    private final UnitOfWork unitOfWork;
    private final AnnotationRepository annotations;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    public Annotations(
            UnitOfWork unitOfWork, AnnotationRepository annotations, AuditTrail audit, Ids ids, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.annotations = annotations;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is to be noted.
     *
     * @param id      of one that is to be changed; null for a new one
     * @param day     ISO 8601
     * @param kind    a name of {@link Annotation.Kind}, in any case
     * @param version of the one that is changed, as it was seen
     */
    public record Wanted(
            @Nullable String id,
            @Nullable String day,
            @Nullable String kind,
            @Nullable String text,
            @Nullable Long version) {}

    /** @throws FaultException INVALID with every fault; NOT_FOUND; CONFLICT when it was changed meanwhile */
    public Annotation save(Actor actor, Wanted wanted) {
        actor.require(Scope.MANAGE);
        List<Fault> faults = new ArrayList<>();
        LocalDate day = day(wanted.day(), faults);
        Annotation.Kind kind = kind(wanted.kind(), faults);
        String text = text(wanted.text(), faults);
        if (!faults.isEmpty() || day == null || kind == null) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            String id = wanted.id();
            if (id == null) {
                Annotation made = new Annotation(ids.next(), actor.branch(), day, kind, text, clock.instant(), 1);
                annotations.insert(tx, made);
                audit.add(tx, actor, "audience.annotate", made.id(), day + " " + kind);
                return made;
            }
            Annotation before = annotations
                    .find(tx, actor.branch(), id)
                    .orElseThrow(() -> FaultException.notFound("annotation", id));
            long seen = wanted.version() == null ? 0 : wanted.version();
            Annotation changed = new Annotation(id, actor.branch(), day, kind, text, before.createdAt(), seen + 1);
            if (!annotations.save(tx, changed)) {
                throw changed(before);
            }
            audit.add(tx, actor, "audience.annotate", id, day + " " + kind);
            return changed;
        });
    }

    private static FaultException changed(Annotation now) {
        return FaultException.conflict(Message.of("audience.annotation.changed", "version", now.version()));
    }

    private static @Nullable LocalDate day(@Nullable String text, List<Fault> faults) {
        try {
            if (text != null) {
                return LocalDate.parse(text.strip());
            }
        } catch (DateTimeException e) {
            // told below, with what was written
        }
        faults.add(Fault.at("/day", Message.of("audience.day", "value", text == null ? "" : text)));
        return null;
    }

    private static Annotation.@Nullable Kind kind(@Nullable String text, List<Fault> faults) {
        for (Annotation.Kind kind : Annotation.Kind.values()) {
            if (text != null && kind.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        faults.add(Fault.at("/kind", Message.of("audience.annotation.kind", "value", text == null ? "" : text)));
        return null;
    }

    private static String text(@Nullable String written, List<Fault> faults) {
        String text = written == null ? "" : written.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > Annotation.MAX_TEXT) {
            Message message = Message.of("audience.annotation.text", "limit", Annotation.MAX_TEXT, "actual", length);
            faults.add(new Fault("/text", message, (long) Annotation.MAX_TEXT, (long) length));
        }
        return text;
    }

    /**
     * @param version as it was seen; empty for whichever it has
     * @throws FaultException NOT_FOUND; CONFLICT when it was changed meanwhile
     */
    public void remove(Actor actor, String id, Optional<Long> version) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Annotation before = annotations
                    .find(tx, actor.branch(), id)
                    .orElseThrow(() -> FaultException.notFound("annotation", id));
            if (version.isPresent() && version.get() != before.version()) {
                throw changed(before);
            }
            annotations.remove(tx, actor.branch(), id);
            audit.add(tx, actor, "audience.annotation.remove", id, before.day() + " " + before.kind());
            return true;
        });
    }

    /** @return those of the period, its first day included, by day */
    public List<Annotation> of(Actor actor, Period period) {
        return unitOfWork.read(tx -> annotations.between(tx, actor.branch(), period.from(), period.to()));
    }
}
