package org.tocsin.audience;

import java.util.Map;
import org.tocsin.network.PublishResult.NoEffect;

/** What came of asking for the engagement of posts. */
public sealed interface MetricsResult {
    /**
     * The network has answered.
     *
     * @param told by remote id; one that was asked for and is not in it was not told, and nothing follows from that
     */
    record Read(Map<String, Told> told) implements MetricsResult {
        public Read {
            told = Map.copyOf(told);
        }
    }

    /** The network did not answer as it should, and why. */
    record NotRead(NoEffect outcome) implements MetricsResult {}

    /** What is said of one post. */
    sealed interface Told {}

    /** So much; at least one number is told. */
    record Counted(Counts counts) implements Told {}

    /** It is not there any more, by the network's own word. */
    record Gone() implements Told {}
}
