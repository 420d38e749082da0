package org.tocsin.web.desk;

import org.tocsin.base.TableRuns;

/**
 * How far a table is.
 *
 * @param id      empty where there is none
 * @param done    rows that were gone through
 * @param dry     whether it is only looked at
 * @param stopped whether it ended before its end
 */
public record Far(String id, boolean running, boolean failed, boolean stopped, boolean dry, long done, long total) {
    static final Far NONE = new Far("", false, false, false, false, 0, 0);

    /** @param done of the report, where there is one */
    static Far of(TableRuns.Seen<?, ?> seen, long done) {
        boolean over = !seen.running() && !seen.failed();
        return new Far(
                seen.id(),
                seen.running(),
                seen.failed(),
                over && done < seen.total(),
                seen.dry(),
                over ? done : seen.done(),
                seen.total());
    }
}
