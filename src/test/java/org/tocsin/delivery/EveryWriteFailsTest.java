package org.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.FaultException;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;

/**
 * The n-th failure loop (sqlite.org/testing.html, "I/O error testing"): the same scenario again and again, in which the first, the second,
 * the third … write to the store fails, until it ends without a failure. Whatever fails, nothing is lost, doubled or stuck.
 */
class EveryWriteFailsTest {
    private static final List<String> TEXTS =
            List.of("plain", "first of two", "second of two", "with an image", "last");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1} in a row")
    @CsvSource({"KEYED,1", "WINDOWED,4", "PROBED,1", "NONE,4"})
    void whichever_write_fails_everything_goes_out_once(Guarantee.Kind kind, int times) throws Exception {
        int number = 0;
        boolean failed = true;
        while (failed) {
            number++;
            assertThat(number).as("the loop ends").isLessThan(200);
            try (DeliveryRig rig = new DeliveryRig(Files.createDirectory(folder.resolve(kind + "-" + number)))) {
                failed = scenario(rig, kind, number, times);
            }
        }
        assertThat(number).as("writes of the scenario").isGreaterThan(10);
    }

    private static boolean scenario(DeliveryRig rig, Guarantee.Kind kind, int number, int times) {
        remember(rig.network, kind, rig.clock);
        List<String> ids = new ArrayList<>();
        ids.add(rig.accept("plain"));
        ids.add(rig.accept("first of two", "second of two"));
        ids.add(rig.accept("one", rig.clock.instant(), List.of(rig.image("alt")), "with an image"));
        ids.add(rig.accept("last"));
        rig.writes.failFrom(number, times);
        for (int round = 0; round < 12; round++) {
            try {
                rig.run();
            } catch (FaultException e) {
                assertThat(e.kind()).isEqualTo(FaultException.Kind.STORAGE);
            }
            rig.clock.move(Duration.ofSeconds(61));
        }
        assertThat(rig.network.texts()).as("write %d fails", number).containsExactlyElementsOf(TEXTS);
        for (String id : ids) {
            assertThat(rig.state(id)).as("write %d fails", number).isEqualTo(DeliveryState.PUBLISHED);
        }
        return rig.writes.hasFailed();
    }

    /** The network knows what it has accepted, and says so when it is asked. */
    private static void remember(ScriptedNetwork network, Guarantee.Kind kind, Clock clock) {
        network.guarantee =
                kind == Guarantee.Kind.WINDOWED ? new Guarantee(kind, Duration.ofMinutes(50)) : Guarantee.of(kind);
        Map<String, Receipt> accepted = new HashMap<>();
        network.whilePublishing = (channel, intent) -> network.answers(new PublishResult.Published(
                accepted.computeIfAbsent(intent.key().value(), key -> network.receipt())));
        network.whileFinding = () -> {
            Receipt receipt = accepted.get(network.probed.getLast().key().value());
            network.finds(receipt == null ? new FindResult.AbsentAsOf(clock.instant()) : new FindResult.Found(receipt));
        };
    }
}
