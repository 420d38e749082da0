package org.tocsin.camel;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check over one question that a part of the daemon answers. */
public final class ReadyCheck extends AbstractHealthCheck {
    /** The group of all checks of the daemon. */
    public static final String GROUP = "tocsin";

    private final BooleanSupplier good;

    /**
     * @param id   unique
     * @param good asked each time; false and an exception are both DOWN
     */
    public ReadyCheck(String id, BooleanSupplier good) {
        super(GROUP, id);
        this.good = good;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            builder.state(good.getAsBoolean() ? State.UP : State.DOWN);
        } catch (RuntimeException e) {
            builder.down().error(e);
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
