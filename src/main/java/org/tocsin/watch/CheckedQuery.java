package org.tocsin.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watch that was read and looked over.
 *
 * @param query    null where it cannot be read at all
 * @param findings errors and remarks, in order of place
 */
public record CheckedQuery(@Nullable WatchQuery query, List<Finding> findings) {
    public CheckedQuery {
        findings = List.copyOf(findings);
    }

    /** @return whether it may be saved */
    public boolean valid() {
        return query != null && findings.stream().noneMatch(Finding::error);
    }
}
