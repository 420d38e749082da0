package org.tocsin.watch.keeping;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
import org.tocsin.watch.QueryLimits;
import org.tocsin.watch.WatchLanguage;

/** Keeps word lists. A change holds for every watch that names the list when the call returns. */
public final class ListKeeping {
    /** As in a watch. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\d][\\p{L}\\d_-]{0,39}");

    private static final int MOST_FAULTS = 20;

    private final UnitOfWork unitOfWork;
    private final NamedListRepository lists;
    private final KeptLists kept;
    private final Watches watches;
    private final WatchLanguage language;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    public ListKeeping(
            UnitOfWork unitOfWork,
            NamedListRepository lists,
            KeptLists kept,
            Watches watches,
            WatchLanguage language,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.lists = lists;
        this.kept = kept;
        this.watches = watches;
        this.language = language;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @return by name */
    public List<NamedList> all(Actor actor) {
        return unitOfWork.read(tx -> lists.all(tx, actor.branch()));
    }

    /** @throws FaultException NOT_FOUND */
    public NamedList find(Actor actor, String id) {
        return unitOfWork
                .read(tx -> lists.find(tx, actor.branch(), id))
                .orElseThrow(() -> FaultException.notFound("list", id));
    }

    /**
     * Adds a list.
     *
     * @throws FaultException INVALID with every entry that cannot be looked for; CONFLICT where the name is taken
     */
    public NamedList add(Actor actor, @Nullable String name, List<String> entries) {
        actor.require(Scope.MANAGE);
        String called =
                name == null ? "" : name.strip().replaceAll("^\\{|}$", "").strip();
        if (!NAME.matcher(called).matches()) {
            throw FaultException.invalid("/name", Message.of("watching.list.name", "value", called));
        }
        List<String> clean = clean(entries);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            NamedList list = new NamedList(ids.next(), actor.branch(), called, clean, clock.instant(), 1);
            if (!lists.insert(tx, list)) {
                throw FaultException.conflict(Message.of("watching.list.taken", "name", called));
            }
            audit.add(tx, actor, "list.add", list.id(), called + " " + clean.size());
            tx.afterCommit(() -> changed(list));
            return list;
        });
    }

    /**
     * Changes the entries.
     *
     * @param version as it was seen
     * @throws FaultException NOT_FOUND; INVALID; CONFLICT when it was changed meanwhile
     */
    public NamedList change(Actor actor, String id, @Nullable Long version, List<String> entries) {
        actor.require(Scope.MANAGE);
        NamedList before = find(actor, id);
        List<String> clean = clean(entries);
        List<Watch> named = naming(before);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            NamedList after =
                    new NamedList(id, before.branch(), before.name(), clean, clock.instant(), before.version() + 1);
            if (version == null || version != before.version() || !lists.save(tx, after)) {
                throw FaultException.conflict(Message.of("watching.list.changed", "version", before.version()));
            }
            watches.renew(tx, named, actor.id());
            audit.add(tx, actor, "list.change", id, before.name() + " " + clean.size());
            tx.afterCommit(() -> changed(after));
            return after;
        });
    }

    /** @throws FaultException NOT_FOUND; CONFLICT while a watch names it */
    public void remove(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        NamedList list = find(actor, id);
        List<Watch> naming = naming(list);
        if (!naming.isEmpty()) {
            throw FaultException.conflict(Message.of(
                    "watching.list.used",
                    "name",
                    list.name(),
                    "watches",
                    String.join(", ", naming.stream().map(Watch::name).toList())));
        }
        unitOfWork.write(Urgency.REQUEST, tx -> {
            lists.remove(tx, id);
            audit.add(tx, actor, "list.remove", id, list.name());
            tx.afterCommit(() -> kept.remove(list));
            return true;
        });
    }

    /** @return the watches that name it, also those that are off */
    public List<Watch> naming(NamedList list) {
        Pattern named = Pattern.compile("\\{\\s*" + Pattern.quote(list.name()) + "\\s*}");
        return unitOfWork.read(tx -> watches.of(tx, list.branch())).stream()
                .filter(watch -> named.matcher(watch.query()).find())
                .toList();
    }

    private void changed(NamedList list) {
        kept.put(list);
        naming(list).forEach(watches::again);
    }

    private List<String> clean(List<String> entries) {
        List<String> clean = entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
        if (clean.isEmpty() || clean.size() > QueryLimits.LIST_ENTRIES) {
            throw new FaultException(
                    Kind.INVALID,
                    new Fault(
                            "/entries",
                            Message.of("watching.list.size", "limit", QueryLimits.LIST_ENTRIES),
                            (long) QueryLimits.LIST_ENTRIES,
                            (long) clean.size()));
        }
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < clean.size() && faults.size() < MOST_FAULTS; i++) {
            String entry = clean.get(i);
            if (entry.indexOf('\n') >= 0 || !language.readable(entry)) {
                faults.add(Fault.at("/entries/" + i, Message.of("watching.list.entry", "entry", entry)));
            }
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return clean;
    }
}
