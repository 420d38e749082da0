package org.tocsin.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Ledger;

/** Answers whether each part works, from what it can do now. */
final class Health {
    private static final Duration OVERDUE = Duration.ofMinutes(10);

    private final Stores stores;
    private final Clock clock;

    Health(Stores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    Map<String, Boolean> checks() {
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("store", writable());
        checks.put("overdue", !overdue());
        return checks;
    }

    private boolean writable() {
        try {
            stores.store().write(Urgency.REQUEST, tx -> {
                stores.meta().put(tx, "health", clock.instant().toString());
                return true;
            });
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean overdue() {
        try {
            Instant limit = clock.instant().minus(OVERDUE);
            return stores.store().read(tx -> stores.deliveries().inState(tx, DeliveryState.DUE)).stream()
                    .anyMatch(delivery -> delivery.expectedAt().isBefore(limit));
        } catch (RuntimeException e) {
            return true;
        }
    }

    String metrics() {
        Ledger ledger = stores.store().read(tx -> stores.deliveries().ledger(tx, BranchId.MAIN));
        StringBuilder out = new StringBuilder();
        ledger.states()
                .forEach((state, count) -> out.append("tocsin_deliveries{state=\"")
                        .append(state)
                        .append("\"} ")
                        .append(count)
                        .append('\n'));
        return out.toString();
    }
}
