package org.tocsin.network;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a segment is published.
 *
 * @param remoteId    the network's id, checked by the adapter against the network's grammar
 * @param url         public http(s) address, null where the network has none
 * @param publishedAt by the network's clock where it tells, else ours
 * @param details     what else is needed to refer to it or delete it; no secrets
 */
public record Receipt(String remoteId, @Nullable String url, Instant publishedAt, Map<String, String> details) {
    public Receipt {
        details = Map.copyOf(details);
    }
}
