package org.tocsin.watch.keeping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * Words that somebody wants to be told of.
 *
 * @param name    as people call it
 * @param query   in the language of watches
 * @param enabled whether it rings
 * @param why     for what it is watched, where a private person or a matter of belief is its subject; null where nothing was said
 * @param since   when these very words were saved, or it was let ring again, as the clock was then
 * @param sinceSeq the last number of the log that was given out by then: what was first heard up to it is history for the watch. A clock may have
 *                 been ahead, the order of the log never is
 * @param version counts every change; an alert names the one that rang
 */
public record Watch(
        String id,
        BranchId branch,
        String name,
        String query,
        boolean enabled,
        @Nullable String why,
        Instant since,
        long sinceSeq,
        Instant createdAt,
        long version) {}
