package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.newsletter.Newsletters.Preview;

/**
 * What the page of a newsletter shows beside its fields.
 *
 * @param id      empty for a new one
 * @param state   as in the API; {@code NEW} for a new one
 * @param said    the state in words
 * @param tone    of the state
 * @param why     why it is paused or waits; empty where it does neither
 * @param reach   whom it would reach, in words; empty where it is no draft
 * @param pace    how long it takes, in words
 * @param counts  how many are in which state, in words
 * @param unknown of how many nobody knows whether their letter arrived
 * @param web     where everybody reads it; empty where nobody can
 * @param preview null where none was asked for
 * @param topics  by id
 * @param links   by code
 */
public record NewsletterSeen(
        String id,
        String state,
        String said,
        String tone,
        List<String> why,
        String reach,
        String pace,
        List<String> counts,
        long unknown,
        String web,
        @Nullable Preview preview,
        Map<String, String> topics,
        Map<String, String> links) {
    /** @return whether it may still be written */
    public boolean draft() {
        return state.equals("DRAFT") || state.equals("NEW");
    }

    /** @return whether its page is loaded anew by itself */
    public boolean moving() {
        return state.equals("SENDING");
    }
}
