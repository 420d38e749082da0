package org.tocsin.web.desk;

import java.util.List;
import java.util.Set;

/**
 * A recipient as a person sees it.
 *
 * @param quiet   as it is typed; empty for none
 * @param notices names of sorts
 * @param nextId  empty for nobody
 * @param userId  likewise
 */
public record RecipientRow(
        String id,
        String name,
        String language,
        String zone,
        String quiet,
        int budget,
        Set<String> notices,
        String nextId,
        String userId,
        List<WayRow> ways,
        long version) {}
