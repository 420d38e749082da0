package org.tocsin.audience.keeping;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.tocsin.audience.AudienceCsv;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** Tables of earlier figures that are brought in beside the pages: one at a time in each branch, as {@link TableRuns} says. */
public final class FigureTables implements AutoCloseable {
    private final AudienceImport imports;
    private final TableRuns<Integer, AudienceImport.Report> runs;

    /** @param threads runs each on a thread of its own */
    public FigureTables(AudienceImport imports, LongWork work, Executor threads) {
        this.imports = imports;
        this.runs = new TableRuns<>(work, LongWork.Kind.FIGURES, threads);
    }

    /**
     * Begins to bring in a table.
     *
     * @param dayFirst as {@link AudienceCsv#read} takes it
     * @throws FaultException INVALID or TOO_LARGE where it is no such table; CONFLICT while another is under way
     */
    public void begin(Actor actor, String table, boolean dayFirst) {
        actor.require(Scope.MANAGE);
        AudienceCsv.Table read = AudienceCsv.read(table, dayFirst);
        int rows = read.rows().size();
        runs.begin(
                owner(actor),
                actor.id(),
                rows,
                rows,
                false,
                rows,
                progress -> imports.work(actor, read, progress),
                Message.of("audience.csv.busy"));
    }

    /** @return the last one since the start */
    public Optional<TableRuns.Seen<Integer, AudienceImport.Report>> last(Actor actor) {
        actor.require(Scope.MANAGE);
        return runs.last(owner(actor));
    }

    /** Waits a little for the last one: of a small table the report is there at once. */
    public void settle(Actor actor) {
        runs.settle(owner(actor), TableRuns.SOON);
    }

    /** Ends it, where it is under way; what was brought in stays. */
    public void stop(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        runs.stop(owner(actor), id);
    }

    private static TableRuns.Owner owner(Actor actor) {
        return new TableRuns.Owner(actor.branch(), "");
    }

    /** Ends all, and waits a little for the figures that are being written. */
    @Override
    public void close() {
        runs.close();
    }
}
