package org.tocsin.network.reference;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.tocsin.network.Guarantee;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkContract;
import org.tocsin.network.TestClock;

/** The kit holds for a network of each class. */
class ReferenceContractTest {
    @Nested
    class Keyed extends NetworkContract {
        @Override
        protected NetworkBinding bind(TestClock clock) throws IOException {
            return new ReferenceBinding(clock, Guarantee.Kind.KEYED);
        }
    }

    @Nested
    class Probed extends NetworkContract {
        @Override
        protected NetworkBinding bind(TestClock clock) throws IOException {
            return new ReferenceBinding(clock, Guarantee.Kind.PROBED);
        }
    }

    @Nested
    class Neither extends NetworkContract {
        @Override
        protected NetworkBinding bind(TestClock clock) throws IOException {
            return new ReferenceBinding(clock, Guarantee.Kind.NONE);
        }
    }
}
