package org.tocsin.subscriber;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns;
import org.tocsin.base.TableRuns.Seen;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.SubscriberImport.Report;
import org.tocsin.subscriber.SubscriberImport.Wanted;

/** Tables of subscribers that are gone through beside the pages: one at a time in each branch, as {@link TableRuns} says. */
public final class ImportRuns implements AutoCloseable {
    private final SubscriberImport imports;
    private final TableRuns<Wanted, Report> runs;

    /** @param threads runs each on a thread of its own */
    public ImportRuns(SubscriberImport imports, LongWork work, Executor threads) {
        this.imports = imports;
        this.runs = new TableRuns<>(work, LongWork.Kind.SUBSCRIBERS, threads);
    }

    /**
     * Begins one, once the table and what is said of it are found to be right.
     *
     * @throws FaultException as {@link SubscriberImport#run}; CONFLICT while another is under way
     */
    public Seen<Wanted, Report> begin(Actor actor, Wanted wanted) {
        List<SubscriberTable.Row> rows = imports.rows(actor, wanted);
        return runs.begin(
                owner(actor),
                actor.id(),
                wanted,
                new Wanted("", wanted.left(), wanted.statement(), wanted.none(), false, wanted.file()),
                wanted.dry(),
                rows.size(),
                progress -> imports.work(actor, wanted, rows, progress),
                Message.of("signup.import.busy"));
    }

    /**
     * Brings in what was looked at. Asked for twice, it is brought in once.
     *
     * @param id of the look; another than the last one is passed over
     * @throws FaultException as {@link #begin}
     */
    public void bring(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        runs.find(owner(actor), id)
                .filter(seen -> seen.dry() && !seen.running())
                .map(Seen::wanted)
                .ifPresent(wanted -> begin(actor, wanted.inEarnest()));
    }

    private static TableRuns.Owner owner(Actor actor) {
        return new TableRuns.Owner(actor.branch(), "");
    }

    /**
     * @param id as it was begun; empty for the last one
     * @throws FaultException NOT_FOUND where another came after it, or the daemon was started anew
     */
    public Seen<Wanted, Report> find(Actor actor, String id) {
        return last(actor)
                .filter(seen -> id.isEmpty() || seen.id().equals(id))
                .orElseThrow(() -> FaultException.notFound("import", id));
    }

    /** @return the last one; empty where there was none since the start */
    public Optional<Seen<Wanted, Report>> last(Actor actor) {
        actor.require(Scope.MANAGE);
        return runs.last(owner(actor));
    }

    /** Waits a little for the last one: of a small table the report is there at once. */
    public void settle(Actor actor) {
        runs.settle(owner(actor), TableRuns.SOON);
    }

    /** Ends it; what was brought in stays. */
    public void stop(Actor actor, String id) {
        runs.stop(owner(actor), find(actor, id).id());
    }

    /** Ends all, and waits a little for the rows that are being written. */
    @Override
    public void close() {
        runs.close();
    }
}
