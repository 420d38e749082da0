package org.tocsin.crash;

import java.io.IOException;
import java.util.List;

/** A network of each class of guarantee. */
final class Recorders {
    private Recorders() {}

    static List<Recorder> all(Trigger trigger, long seed) throws IOException {
        return List.of(
                new BlueskyRecorder(trigger, seed + 2),
                new MastodonRecorder(trigger, seed, true),
                new MastodonRecorder(trigger, seed + 1, false),
                new TelegramRecorder(trigger, seed + 3));
    }
}
