package org.tocsin.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.network.Networks;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.publishing.ChannelAdministration;

/** What a new data folder gets: an administrator's token, a channel to rehearse on, the feeds. It may be cut off anywhere. */
final class FirstStart {
    private static final String TOKEN_FILE = "api.token";
    private static final String DONE = "first-start";

    private final Stores stores;
    private final Tokens tokens;
    private final DataFolder folder;
    private final Networks networks;

    FirstStart(Stores stores, Tokens tokens, DataFolder folder, Networks networks) {
        this.networks = networks;
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
        // start.
        if (!Files.exists(folder.file(TOKEN_FILE))) {
            Tokens.Created created = stores.store()
                    .write(
                            Urgency.REQUEST,
                            tx -> tokens.create(tx, daemon, "first administrator", EnumSet.allOf(Scope.class)));
            try {
                folder.writeSecret(TOKEN_FILE, created.secret().reveal());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        stores.store().write(Urgency.REQUEST, tx -> {
            stores.meta().put(tx, DONE, "yes");
            return true;
        });
    }
}
