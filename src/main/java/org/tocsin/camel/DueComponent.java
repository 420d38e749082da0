package org.tocsin.camel;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.tocsin.base.DueQueue;

/** {@code due:<name>}: hands claimable rows to a route. The name is that of a {@link DueQueue} in the registry. */
public final class DueComponent extends DefaultComponent {
    private final Clock clock;

    /** @param clock by which the rows' times are waited for */
    public DueComponent(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DueQueue<?> queue = getCamelContext().getRegistry().lookupByNameAndType(remaining, DueQueue.class);
        if (queue == null) {
            throw new IllegalArgumentException("there is no queue of due work named " + remaining);
        }
        DueEndpoint endpoint = new DueEndpoint(uri, this, queue, clock);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
