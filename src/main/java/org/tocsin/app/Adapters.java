package org.tocsin.app;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.tocsin.base.Ids;
import org.tocsin.config.Settings;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Connecting;
import org.tocsin.network.Network;
import org.tocsin.web.ServedFile;

/**
 * The networks of this daemon: the one list of adapters.
 *
 * @param networks    by which posts go out
 * @param connectings by which people connect channels
 * @param files       what anyone may read
 * @param beans       for the routes, by name
 */
record Adapters(
        List<Network> networks, List<Connecting> connectings, List<ServedFile> files, Map<String, Object> beans) {
    static Adapters of(Settings settings, Stores stores, OutboundHttp http, Clock clock, Ids ids) {
        return new Adapters(List.of(), List.of(), List.of(), Map.of());
    }
}
