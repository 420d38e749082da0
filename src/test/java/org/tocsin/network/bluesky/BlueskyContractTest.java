package org.tocsin.network.bluesky;

import java.io.IOException;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.TestClock;

/** The contract, with a server of our own that answers as Bluesky's does. */
class BlueskyContractTest extends NetworkContract {
    @Override
    protected NetworkBinding bind(TestClock clock) throws IOException {
        return new BlueskyBinding(new FakeBluesky(clock), FakeBluesky.HANDLE, FakeBluesky.APP_PASSWORD);
    }
}
