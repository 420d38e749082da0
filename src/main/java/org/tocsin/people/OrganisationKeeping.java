package org.tocsin.people;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.LanguageTags;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;

/**
 * What the organisation says of itself at the desk. Everything is made with these values at the start, so a change of them starts the
 * daemon anew; what the configuration sets goes before what is kept here.
 */
public final class OrganisationKeeping {
    private static final int LONGEST = 100;

    private final UnitOfWork unitOfWork;
    private final OrganisationRepository rows;
    private final AuditTrail audit;
    private final Organisation now;
    private final Set<String> fixed;
    private final Runnable restart;

    /**
     * @param now     what this daemon was made with
     * @param fixed   the names of what the configuration sets
     * @param restart begins anew, soon
     */
    public OrganisationKeeping(
            UnitOfWork unitOfWork,
            OrganisationRepository rows,
            AuditTrail audit,
            Organisation now,
            Set<String> fixed,
            Runnable restart) {
        this.unitOfWork = unitOfWork;
        this.rows = rows;
        this.audit = audit;
        this.now = now;
        this.fixed = Set.copyOf(fixed);
        this.restart = restart;
    }

    /** @return as it is in force */
    public Organisation now() {
        return now;
    }

    /** @return whether only the configuration can change it: {@code name}, {@code language}, {@code zone}, {@code publicUrl} */
    public boolean fixed(String field) {
        return fixed.contains(field);
    }

    /** @return whether anybody has said at the desk who the organisation is */
    public boolean known() {
        return unitOfWork.read(rows::find).isPresent();
    }

    /**
     * Keeps what was said, and starts the daemon anew where that changes anything.
     *
     * @return whether it starts anew
     * @throws FaultException FORBIDDEN; INVALID with every field that is wrong
     */
    public boolean save(Actor actor, Organisation wanted) {
        actor.require(Scope.ADMIN);
        Organisation kept = new Organisation(
                fixed("name") ? now.name() : wanted.name().strip(),
                fixed("language") ? now.language() : wanted.language().strip(),
                fixed("zone") ? now.zone() : wanted.zone().strip(),
                fixed("publicUrl")
                        ? now.publicUrl()
                        : wanted.publicUrl().strip().replaceAll("/+$", ""));
        check(kept);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            rows.save(tx, kept);
            audit.add(tx, actor, "organisation.save", "organisation", kept.toString());
            return kept;
        });
        boolean changed = !kept.equals(now);
        if (changed) {
            restart.run();
        }
        return changed;
    }

    private static void check(Organisation kept) {
        List<Fault> faults = new ArrayList<>();
        if (kept.name().isEmpty() || kept.name().length() > LONGEST) {
            faults.add(Fault.at("/name", Message.of("people.organisation.name", "most", LONGEST)));
        }
        if (!LanguageTags.known(kept.language())) {
            faults.add(Fault.at("/language", Message.of("people.organisation.language", "value", kept.language())));
        }
        if (!zone(kept.zone())) {
            faults.add(Fault.at("/zone", Message.of("people.organisation.zone", "value", kept.zone())));
        }
        if (!kept.publicUrl().isEmpty() && !origin(kept.publicUrl())) {
            faults.add(Fault.at("/publicUrl", Message.of("people.organisation.url", "value", kept.publicUrl())));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
    }

    private static boolean zone(String value) {
        try {
            // A zone of the database and no bare offset: one that knows when the clocks change.
            return ZoneId.getAvailableZoneIds().contains(value) && ZoneId.of(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean origin(String value) {
        try {
            URI uri = URI.create(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return uri.getHost() != null
                    && (scheme.equals("https") || scheme.equals("http"))
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
