package org.tocsin.delivery;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;

/** What a network said must not be lost because the disk is full, or the database busy, for a moment. */
final class Stubborn {
    private static final Logger log = LoggerFactory.getLogger(Stubborn.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Stubborn() {}

    /** Repeats the writing until it is done, or the daemon stops. */
    static Delivery record(Supplier<Delivery> writing) {
        while (true) {
            try {
                return writing.get();
            } catch (FaultException e) {
                if (e.kind() != FaultException.Kind.STORAGE) {
                    throw e;
                }
                log.atError().addKeyValue("cause", e.getMessage()).log("an outcome cannot be stored; trying again");
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }
}
