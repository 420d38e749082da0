package org.tocsin.mention;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult.NoEffect;

/** A source that does not say what is taken back, and can be asked whether it is still there. */
public interface Recheck extends SourceType {
    /** @return how many can be asked for at once */
    int batch();

    /** @return of one source, how many are asked for in a round, which is about an hour; the newest */
    default int most() {
        return 500;
    }

    /**
     * Asks, once or a few times. Nothing that a server answers is an exception.
     *
     * @param nativeIds at most {@link #batch()}
     */
    Checked check(Source source, @Nullable Channel channel, List<String> nativeIds);

    /** What came of asking. */
    sealed interface Checked {}

    /** These are there no longer; the others are, or it is not known. */
    record Gone(List<String> nativeIds) implements Checked {
        public Gone {
            nativeIds = List.copyOf(nativeIds);
        }
    }

    /** It cannot be told now. */
    record NotChecked(NoEffect outcome) implements Checked {}
}
