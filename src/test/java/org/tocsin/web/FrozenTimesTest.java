package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.UserId;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.NextAction;

/** What a freeze that stands does to what a person would let go on. */
class FrozenTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void what_has_stopped_for_another_reason_is_stopped_by_a_freeze_that_stands_now() {
        assertThat(standing("rehearsal", NOW).stops(late(NOW))).isTrue();
        assertThat(standing("feed", NOW).stops(late(NOW))).isFalse();
        assertThat(standing("rehearsal", NOW.plusSeconds(60)).stops(late(NOW)))
                .as("it is only planned")
                .isFalse();
        assertThat(standing("rehearsal", NOW).stops(late(NOW.plusSeconds(60))))
                .as("it keeps its own time")
                .isFalse();
    }

    private static FrozenTimes standing(String channel, Instant from) {
        Freeze freeze = new Freeze(
                "f", BranchId.MAIN, from, null, "UTC", Set.of(channel), "deuil", new UserId("zoe"), null, null, 1);
        return new FrozenTimes(List.of(freeze), NOW);
    }

    private static Delivery late(Instant due) {
        return new Delivery(
                "d",
                "p",
                BranchId.MAIN,
                "rehearsal",
                "rehearsal",
                1,
                DeliveryState.HELD,
                NOW,
                Message.of("delivery.held.late"),
                NextAction.PERSON,
                null,
                1,
                due,
                due,
                0,
                null,
                null,
                null);
    }
}
