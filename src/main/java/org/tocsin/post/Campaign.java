package org.tocsin.post;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A named effort.
 *
 * @param id       lower case letters, digits and hyphens
 * @param branch   the owner
 * @param name     for people
 * @param hashtag  with its {@code #}; kept in the first part of a thread; null for none
 * @param from     first day, null for open
 * @param until    last day, null for open
 * @param channels its posts go to these when none are named; empty for the default set
 * @param utm      UTM parameters by name ({@code utm_source} …) that are added to links to {@code domains}; empty for off
 * @param domains  the organisation's own
 * @param version  grows with every change
 */
public record Campaign(
        String id,
        BranchId branch,
        String name,
        @Nullable String hashtag,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        List<String> channels,
        Map<String, String> utm,
        List<String> domains,
        long version) {
    public Campaign {
        channels = List.copyOf(channels);
        utm = Map.copyOf(utm);
        domains = List.copyOf(domains);
    }
}
