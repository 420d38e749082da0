package org.tocsin.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.network.FindResult;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** What the tests of the engine share: a rig, and short words for what a network says. */
abstract class RigTest {
    static final Reason WHY = Reason.of("network.failing");
    static final PublishResult UNKNOWN = new PublishResult.Unknown(WHY);
    static final PublishResult.Refused REFUSED = new PublishResult.Refused(WHY);
    static final PublishResult.Unreachable UNREACHABLE = new PublishResult.Unreachable(WHY);
    static final PublishResult.Unauthorized UNAUTHORIZED = new PublishResult.Unauthorized(WHY);
    static final FindResult INCONCLUSIVE = new FindResult.Inconclusive(WHY);
    static final Duration SECOND = Duration.ofSeconds(1);

    DeliveryRig rig;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        rig = new DeliveryRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    static PublishResult.Throttled throttled(Instant until, PublishResult.Scope scope) {
        return new PublishResult.Throttled(until, scope, WHY);
    }
}
