package org.tocsin.app;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Networks;
import org.tocsin.people.Actor;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.publishing.ChannelAdministration;

/** What a new data folder gets: an administrator's token, a channel to rehearse on, the feeds. It may be cut off anywhere. */
final class FirstStart {
    private static final String TOKEN_FILE = "api.token";
    private static final String ADMINISTRATOR = "first administrator";
    private static final String DONE = "first-start";

    private final Stores stores;
    private final Tokens tokens;
    private final DataFolder folder;
    private final Networks networks;
    private final Clock clock;

    FirstStart(Stores stores, Tokens tokens, DataFolder folder, Networks networks, Clock clock) {
        this.networks = networks;
        this.clock = clock;
        this.stores = stores;
        this.tokens = tokens;
        this.folder = folder;
    }

    void run(Actor daemon, ChannelAdministration administration) {
        boolean done = stores.store().read(tx -> stores.meta().get(tx, DONE)).isPresent();
        if (done) {
            return;
        }
        for (String network : new String[] {"rehearsal", "feed"}) {
            boolean there = administration.all(daemon).stream()
                    .anyMatch(channel -> channel.network().equals(network));
            if (!there && networks.find(network).isPresent()) {
                administration.save(
                        daemon,
                        new ChannelAdministration.Wanted(network, null, network, Map.of(), Map.of(), true, false));
            }
        }
        // The token is valid before its file is there: whoever is cut off between the two gets a fresh one at the next
        // start, and the one that nobody knows is revoked.
        if (folder.read(TOKEN_FILE).isEmpty()) {
            Tokens.Created created = stores.store().write(Urgency.REQUEST, tx -> {
                for (ApiToken lost : stores.tokens().all(tx, daemon.branch())) {
                    if (lost.name().equals(ADMINISTRATOR)
                            && stores.tokens().revoke(tx, daemon.branch(), lost.id(), clock.instant())) {
                        stores.audit().add(tx, daemon, "token.revoke", lost.id(), "");
                    }
                }
                return tokens.create(tx, daemon, ADMINISTRATOR, EnumSet.allOf(Scope.class), null);
            });
            folder.writeSecret(TOKEN_FILE, created.secret().reveal());
        }
        stores.store().write(Urgency.REQUEST, tx -> {
            stores.meta().put(tx, DONE, "yes");
            return true;
        });
    }
}
