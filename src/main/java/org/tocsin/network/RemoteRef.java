package org.tocsin.network;

import java.util.Map;

/**
 * A post on a network, by its own words.
 *
 * @param remoteId the network's id
 * @param url      public address
 * @param details  what else the network needs to refer to it (Bluesky: {@code cid}, {@code rootUri}, {@code rootCid})
 */
public record RemoteRef(String remoteId, String url, Map<String, String> details) {
    public RemoteRef {
        details = Map.copyOf(details);
    }
}
