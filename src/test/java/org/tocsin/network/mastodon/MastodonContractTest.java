package org.tocsin.network.mastodon;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.tocsin.network.Guarantee;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.TestClock;

/** The contract, with Mastodon itself and with a server that only speaks its API. */
class MastodonContractTest {
    @Nested
    class Mastodon extends NetworkContract {
        @Override
        protected NetworkBinding bind(TestClock clock) throws IOException {
            return new MastodonBinding(clock, "4.5.2", Guarantee.Kind.WINDOWED);
        }
    }

    @Nested
    class Pleroma extends NetworkContract {
        @Override
        protected NetworkBinding bind(TestClock clock) throws IOException {
            return new MastodonBinding(clock, "2.7.2 (compatible; Pleroma 2.9.0)", Guarantee.Kind.PROBED);
        }
    }
}
