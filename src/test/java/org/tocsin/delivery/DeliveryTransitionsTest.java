package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;

/**
 * The life of a delivery, written down by hand from its description. Five edges are more than the description's table says, each with
 * its reason:
 *
 * <ul>
 *   <li>SCHEDULED and WAITING may be held: after a restore nothing goes out by itself, and the rest of a thread whose beginning is
 *       taken back does not follow;
 *   <li>PREPARING and SENDING may be exhausted: whether time is spent is decided where an attempt fails, which is WAITING for no time;
 *   <li>SENDING may be held: that is its outcome "unauthorized";
 *   <li>REFUSED and EXHAUSTED may be cancelled: a person sets aside what failed, and writes another;
 *   <li>HELD goes back to SCHEDULED: what a restore held before its time keeps that time;
 *   <li>SENDING goes back to PREPARING when a segment is out and another follows.
 * </ul>
 */
class DeliveryTransitionsTest {
    private static final String TABLE = """
            SCHEDULED: TIME DUE, CANCEL CANCELLED, EDIT SCHEDULED, HOLD HELD
            DUE:       CLAIM PREPARING, HOLD HELD, CANCEL CANCELLED, EDIT SCHEDULED
            PREPARING: INTENT SENDING, WAIT WAITING, HOLD HELD, REFUSE REFUSED, EXHAUST EXHAUSTED, CANCEL CANCELLED, RESTART DUE
            SENDING:   PUBLISH PUBLISHED, SEGMENT_PUBLISHED PREPARING, WAIT WAITING, HOLD HELD, REFUSE REFUSED, EXHAUST EXHAUSTED, LOSE UNKNOWN, RESTART UNKNOWN
            WAITING:   TIME DUE, RESUME SENDING, EXHAUST EXHAUSTED, HOLD HELD, CANCEL CANCELLED
            UNKNOWN:   RESEND SENDING, REFUSE REFUSED, FOUND PUBLISHED, FOUND_PART DUE, ABSENT DUE
            HELD:      RELEASE DUE, POSTPONE SCHEDULED, CANCEL CANCELLED
            PUBLISHED: DELETE DELETED
            REFUSED:   RELEASE DUE, CANCEL CANCELLED
            EXHAUSTED: RELEASE DUE, CANCEL CANCELLED
            CANCELLED:
            DELETED:
            """;

    record Edge(DeliveryState from, DeliveryEvent event, DeliveryState to) {}

    private static List<Edge> edges() {
        return TABLE.lines()
                .flatMap(line -> {
                    String[] parts = line.split(":", 2);
                    return Arrays.stream(parts[1].split(","))
                            .map(String::strip)
                            .filter(edge -> !edge.isEmpty())
                            .map(edge -> edge.split(" "))
                            .map(edge -> new Edge(
                                    DeliveryState.valueOf(parts[0]),
                                    DeliveryEvent.valueOf(edge[0]),
                                    DeliveryState.valueOf(edge[1])));
                })
                .toList();
    }

    record Pair(DeliveryState from, DeliveryEvent event) {}

    private static Stream<Pair> pairs() {
        return Stream.of(DeliveryState.values())
                .flatMap(state -> Stream.of(DeliveryEvent.values()).map(event -> new Pair(state, event)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void an_event_leads_where_the_table_says_and_is_refused_where_it_says_nothing(Pair pair) {
        Optional<DeliveryState> expected = edges().stream()
                .filter(edge -> edge.from() == pair.from() && edge.event() == pair.event())
                .map(Edge::to)
                .findFirst();
        assertThat(DeliveryTransitions.next(pair.from(), pair.event())).isEqualTo(expected);
        Delivery delivery = delivery(pair.from());
        if (expected.isPresent()) {
            Delivery after = delivery.on(pair.event(), Instant.MAX, null);
            assertThat(after.state()).isEqualTo(expected.get());
            assertThat(after.version()).isEqualTo(delivery.version() + 1);
            assertThat(after.since()).isEqualTo(Instant.MAX);
            assertThat(after.nextAction()).isNotNull();
        } else {
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> delivery.on(pair.event(), Instant.MAX, null))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultException.Kind.CONFLICT));
        }
    }

    @Test
    void every_state_has_its_line_and_every_event_happens_somewhere() {
        List<String> states = TABLE.lines().map(line -> line.split(":", 2)[0]).toList();
        assertThat(states).containsExactly(names(DeliveryState.values()));
        assertThat(edges().stream().map(Edge::event).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(DeliveryEvent.class));
    }

    @Test
    void every_state_is_reached_and_what_may_be_out_is_neither_cancelled_nor_edited() {
        Set<DeliveryState> reached = edges().stream().map(Edge::to).collect(Collectors.toSet());
        assertThat(reached).isEqualTo(EnumSet.allOf(DeliveryState.class));
        // What has bytes on the way can neither be cancelled nor changed.
        assertThat(edges())
                .filteredOn(edge -> edge.from() == DeliveryState.SENDING || edge.from() == DeliveryState.UNKNOWN)
                .extracting(Edge::event)
                .doesNotContain(DeliveryEvent.CANCEL, DeliveryEvent.EDIT);
    }

    private static String[] names(DeliveryState[] states) {
        return Stream.of(states).map(Enum::name).toArray(String[]::new);
    }

    private static Delivery delivery(DeliveryState state) {
        return new Delivery(
                "d",
                "p",
                BranchId.MAIN,
                "one",
                "scripted",
                1,
                state,
                Instant.EPOCH,
                null,
                NextAction.SEND,
                null,
                7,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null,
                null,
                null);
    }
}
