package org.tocsin.mention;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.network.Channel;

/** Says by which other names an author is known on a network: the log may know him by one, and people name him by another. */
public interface AuthorLookup {
    /** @return the id of the network */
    String network();

    /**
     * @param name    as a person gave it: a handle without its at sign, or the address of a profile without its scheme, in lower case
     * @param channel of that network, by which it is asked; null where none is connected
     */
    Found ask(String name, @Nullable Channel channel);

    /** What came of asking. */
    sealed interface Found {}

    /** It is no name of this network. */
    record Other() implements Found {}

    /** These are his. */
    record Same(List<Author> names) implements Found {
        public Same {
            names = List.copyOf(names);
        }
    }

    /**
     * It cannot be told.
     *
     * @param why with what can be done instead
     */
    record Untold(Message why) implements Found {}
}
