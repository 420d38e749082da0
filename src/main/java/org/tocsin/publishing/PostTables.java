package org.tocsin.publishing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.base.TableRuns;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** Tables of planned posts that are gone through beside the pages: one at a time for each person, as {@link TableRuns} says. */
public final class PostTables implements AutoCloseable {
    private final ImportPosts imports;
    private final TableRuns<String, ImportPosts.Report> runs;

    /** @param threads runs each on a thread of its own */
    public PostTables(ImportPosts imports, LongWork work, Executor threads) {
        this.imports = imports;
        this.runs = new TableRuns<>(work, LongWork.Kind.POSTS, threads);
    }

    /**
     * Begins to look at a table, or to bring it in.
     *
     * @param dry whether it is only looked at
     * @return how it stands at its beginning
     * @throws FaultException INVALID where it is no such table, TOO_LARGE over 10,000 rows, CONFLICT while another of the same person is
     *     under way
     */
    public TableRuns.Seen<String, ImportPosts.Report> begin(Actor actor, String csv, boolean dry) {
        actor.require(Scope.POST);
        List<PlannedTable.Row> rows = PlannedTable.read(csv);
        return runs.begin(
                owner(actor),
                actor.id(),
                csv,
                "",
                dry,
                rows.size(),
                progress -> imports.work(actor, rows, dry, progress),
                Message.of("publishing.table.busy"));
    }

    /**
     * Brings in what was looked at. Asked for twice, it is brought in once.
     *
     * @param id of the look; another than the last one is passed over
     */
    public void bring(Actor actor, String id) {
        actor.require(Scope.POST);
        runs.find(owner(actor), id)
                .filter(seen -> seen.dry() && !seen.running())
                .map(TableRuns.Seen::wanted)
                .ifPresent(csv -> begin(actor, csv, false));
    }

    /** @return that person's last one since the start */
    public Optional<TableRuns.Seen<String, ImportPosts.Report>> last(Actor actor) {
        actor.require(Scope.POST);
        return runs.last(owner(actor));
    }

    /**
     * @return that one, where it is that person's last
     * @throws FaultException NOT_FOUND where another has come since, or the daemon has begun anew
     */
    public TableRuns.Seen<String, ImportPosts.Report> find(Actor actor, String id) {
        actor.require(Scope.POST);
        return runs.find(owner(actor), id).orElseThrow(() -> FaultException.notFound("import", id));
    }

    /** Waits a little for the last one: of a small table the report is there at once. */
    public void settle(Actor actor) {
        runs.settle(owner(actor), TableRuns.SOON);
    }

    /** Ends it, where it is under way; what was brought in stays. */
    public void stop(Actor actor, String id) {
        actor.require(Scope.POST);
        runs.stop(owner(actor), id);
    }

    private static TableRuns.Owner owner(Actor actor) {
        return new TableRuns.Owner(actor.branch(), actor.id());
    }

    /** Ends all, and waits a little for the rows that are being written. */
    @Override
    public void close() {
        runs.close();
    }
}
