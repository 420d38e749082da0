package org.tocsin.audience;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.tocsin.network.PublishResult.NoEffect;

/** What came of asking how many follow a channel. */
public sealed interface CountResult {
    /**
     * So many.
     *
     * @param followers 0 or more
     */
    record Counted(long followers) implements CountResult {}

    /** The network did not tell, and why. */
    record NotCounted(NoEffect outcome) implements CountResult {}

    /** More people than there are: a number beyond is a fault of the server. */
    long MOST = 10_000_000_000L;

    /** @return the number in that node; empty where it is none of followers */
    static Optional<CountResult> read(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0 && number.asLong() <= MOST
                ? Optional.of(new Counted(number.asLong()))
                : Optional.empty();
    }
}
