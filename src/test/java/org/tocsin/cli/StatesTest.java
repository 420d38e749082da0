package org.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tocsin.delivery.DeliveryState;

/** The command line knows the states that there are. */
class StatesTest {
    @Test
    void every_state_can_be_asked_for() {
        assertThat(States.ALL)
                .isEqualTo(Arrays.stream(DeliveryState.values()).map(Enum::name).toList());
    }
}
