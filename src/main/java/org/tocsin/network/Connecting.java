package org.tocsin.network;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;

/** How a person connects a channel, step by step; the same steps serve the command line and the desk. */
public interface Connecting {
    /** @return the adapter's id */
    String network();

    /** @return the first question, with an empty state */
    Ask begin();

    /**
     * @param state   what earlier steps left, kept by the caller in memory only
     * @param step    the step that was answered
     * @param answers by field
     * @return the next question, the same one with faults, or the connected account; never an exception for what a network answers
     */
    Progress next(Map<String, Secret> state, String step, Map<String, Secret> answers);

    /** Where the dialogue stands. */
    sealed interface Progress permits Ask, Connected {}

    /**
     * A question.
     *
     * @param step   its id, unique in the dialogue
     * @param help   what to do, in plain words
     * @param link   to be opened by the person, null for none
     * @param fields at least one, unless the person only has to confirm
     * @param faults of the answers just given; empty at first. Pointers are {@code /<field>}
     * @param state  to be handed back; may hold secrets
     */
    record Ask(
            String step,
            Message help,
            @Nullable URI link,
            List<Field> fields,
            List<Fault> faults,
            Map<String, Secret> state)
            implements Progress {}

    /**
     * A field of a question.
     *
     * @param name         lower camel case
     * @param label        for people
     * @param secret       asked without echo, never shown again
     * @param defaultValue offered, empty for none
     */
    record Field(String name, Message label, boolean secret, String defaultValue) {}

    /**
     * The account works.
     *
     * @param account  its name as the network shows it
     * @param settings of the new channel
     * @param secrets  of the new channel
     */
    record Connected(String account, Map<String, String> settings, Map<String, Secret> secrets) implements Progress {}
}
