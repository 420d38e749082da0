package org.tocsin.mention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Channel;

/** Reads sources of one type, each when it is due. Nothing that a server answers is an exception; constructors do no I/O. */
public interface MentionSource extends SourceType {
    /**
     * How long such a source rests between two readings, at least.
     *
     * @param usual as it is set for all
     */
    default Duration pause(Duration usual) {
        return usual;
    }

    /**
     * Reads on from the source's cursor. May block; an interrupt makes it return soon.
     *
     * @param source  of this type
     * @param channel whose account reads; null where the source has none
     */
    ReadResult read(Source source, @Nullable Channel channel);
}
