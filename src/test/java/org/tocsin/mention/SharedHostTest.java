package org.tocsin.mention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.network.Channel;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.TestClock;

/** What a host asks for one of its feeds counts for all of them. */
class SharedHostTest {
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final List<String> asked = new ArrayList<>();

    /** Throttles whoever asks first, for an hour. */
    private final class Limited implements MentionSource {
        @Override
        public String type() {
            return "feed";
        }

        @Override
        public Form form() {
            return new Form(true, false, false, false);
        }

        @Override
        public ReadResult read(Source source, @Nullable Channel channel) {
            asked.add(source.id());
            return asked.size() == 1
                    ? new ReadResult.NotRead(new PublishResult.Throttled(
                            clock.instant().plus(Duration.ofHours(1)),
                            PublishResult.Scope.CHANNEL,
                            Reason.of("delivery.internal")))
                    : new ReadResult.Unchanged(null, null);
        }
    }

    private static Source source(String id, String url, Instant next) {
        return new Source(
                id,
                BranchId.MAIN,
                "feed",
                id,
                url,
                null,
                null,
                null,
                SourceState.LISTENING,
                null,
                0,
                null,
                next,
                null,
                null,
                0,
                START,
                1);
    }

    @Test
    void none_of_its_feeds_is_asked_before_it_wants_to_be(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock, new Limited())) {
            rig.write(tx -> {
                rig.sources.insert(tx, source(HearingRig.SOURCE, "https://ex.fr/a", START));
                rig.sources.insert(tx, source("other", "https://ex.fr/b", START.plusSeconds(60)));
                rig.sources.insert(tx, source("else", "https://ex.org/c", START.plusSeconds(60)));
                return true;
            });
            rig.readDue();
            assertThat(asked).containsExactly(HearingRig.SOURCE);
            clock.move(Duration.ofMinutes(2));
            rig.readDue();
            assertThat(asked).containsExactly(HearingRig.SOURCE, "else");
            assertThat(rig.nextAt()).as("what waits is not due").isAfter(clock.instant());
            clock.move(Duration.ofMinutes(58));
            rig.readDue();
            assertThat(asked).contains("other");
        }
    }
}
