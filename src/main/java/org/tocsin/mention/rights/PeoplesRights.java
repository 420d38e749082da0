package org.tocsin.mention.rights;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rights of people whose words are heard, and what the public notice tells them.
 *
 * @param export signs evidence
 */
public record PeoplesRights(Erasures erasures, Objections objections, Holds holds, SealedExport export, Notice notice) {
    /**
     * What the notice says that is different from one organisation to the next.
     *
     * @param organisation who listens
     * @param contact      whom to write to; empty where none is set
     * @param text         of its own; empty for none
     * @param kept         how long words are kept
     * @param networks     of the sources that are listened to, as they name themselves
     */
    public record Notice(
            String organisation, String contact, String text, Duration kept, Supplier<List<String>> networks) {}
}
