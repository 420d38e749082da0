package org.tocsin.mention;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Channel;

/** One way to listen, by the name that a source's {@code type} holds: what a person says to have it, and what of that can be right. */
public interface SourceType {
    /** @return such as {@code feed} or {@code mastodon.tag}: a network and what of it is heard, with a dot between */
    String type();

    /** @return what is asked for when such a source is added */
    Form form();

    /**
     * What is listened for, as it is kept.
     *
     * @param written by a person
     * @return without what people write around it; empty where it cannot be listened for
     */
    default Optional<String> query(String written) {
        String query = written.strip();
        return query.isEmpty() ? Optional.empty() : Optional.of(query);
    }

    /** @return the network of that type: what stands before the dot */
    static String network(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    /** @return the network whose channels such a source may read by */
    default String network() {
        return network(type());
    }

    /**
     * What a source of a type is made of. Whatever is not asked for must not be given.
     *
     * @param url     whether it is read at an address
     * @param channel whether the account of a channel reads
     * @param query   whether a tag or words are listened for
     * @param paid    whether the network takes money for reading: nothing is read then without a ceiling
     */
    record Form(boolean url, boolean channel, boolean query, boolean paid) {}

    /** @return where the server is that answers for that channel; null where nobody says: sources of one host are read one after the other */
    default @Nullable String host(@Nullable Channel channel) {
        return channel == null
                ? null
                : channel.setting("baseUrl").flatMap(Hosts::of).orElse(network());
    }
}
