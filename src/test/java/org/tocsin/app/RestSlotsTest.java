package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** Slots over REST, and posts that go to the next free one. */
class RestSlotsTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @TempDir
    private Path folder;

    private RunningDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Answer slot(String channel, String weekday, String time) {
        return daemon.post(
                "/api/v1/slots",
                "{\"channelId\":\"" + channel + "\",\"weekday\":\"" + weekday + "\",\"time\":\"" + time + "\"}");
    }

    private Answer next(String channels) {
        return daemon.post("/api/v1/posts", "{\"text\":\"a\",\"at\":\"next\",\"channels\":" + channels + "}");
    }

    private static ZonedDateTime at(Answer post) {
        return Instant.parse(
                        post.json().path("deliveries").path(0).path("nextAt").asText())
                .atZone(PARIS);
    }

    @Test
    void slots_are_added_listed_and_removed() {
        Answer made = slot("feed", "Thursday", "18:30");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("weekday").asText()).isEqualTo("thursday");
        assertThat(slot("feed", "thursday", "18:30").error()).isEqualTo(" publishing.slot.there");
        assertThat(slot("feed", "jeudi", "18:30").error()).isEqualTo("/weekday publishing.slot.weekday");
        assertThat(slot("feed", "monday", "25:00").error()).isEqualTo("/time publishing.slot.time");
        assertThat(slot("nope", "monday", "10:00").error()).isEqualTo("/channelId publishing.channel.unknown");
        assertThat(daemon.get("/api/v1/slots").json().path("items")).hasSize(1);
        String one = "/api/v1/slots/" + made.json().path("id").asText();
        assertThat(daemon.send(daemon.token(), "DELETE", one, null).status()).isEqualTo(204);
        assertThat(daemon.send(daemon.token(), "DELETE", one, null).status()).isEqualTo(404);
        assertThat(daemon.get("/api/v1/slots").json().path("items")).isEmpty();
    }

    @Test
    void the_next_slot_is_of_any_channel_and_free_on_those_that_have_it() {
        assertThat(next("[\"feed\"]").error()).isEqualTo("/at publishing.slot.none");
        slot("feed", "thursday", "18:30");
        ZonedDateTime first = at(next("[\"feed\"]"));
        assertThat(first.getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
        assertThat(first.toLocalTime()).isEqualTo(LocalTime.of(18, 30));
        assertThat(first.toInstant())
                .isAfter(Instant.EPOCH)
                .isBefore(Instant.now().plusSeconds(7 * 86_400 + 1));
        Answer second = next("[\"rehearsal\",\"feed\"]");
        assertThat(at(second)).isEqualTo(first.plusWeeks(1));
        assertThat(second.json().path("deliveries")).hasSize(2);
        assertThat(second.json().path("at").asText()).endsWith("T18:30");

        slot("rehearsal", "thursday", "18:30");
        assertThat(at(next("[\"rehearsal\"]")))
                .as("what is planned on another channel does not take this one's slot")
                .isEqualTo(first);
        assertThat(at(next("[\"rehearsal\",\"feed\"]"))).isEqualTo(first.plusWeeks(2));
        assertThat(daemon.post(
                                "/api/v1/posts",
                                "{\"text\":\"a\",\"at\":\"next\",\"zone\":\"Asia/Tokyo\",\"channels\":[\"feed\"]}")
                        .error())
                .isEqualTo("/zone publishing.slot.zone");
        String id = second.json().path("id").asText();
        assertThat(daemon.send(
                                daemon.token(),
                                "PATCH",
                                "/api/v1/posts/" + id,
                                "{\"version\":1,\"at\":\"next\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .error())
                .isEqualTo("/at publishing.slot.edit");
        daemon.send(daemon.token(), "DELETE", "/api/v1/posts/" + id, null);
        assertThat(at(next("[\"feed\"]")))
                .as("what was taken back leaves its slot")
                .isEqualTo(first.plusWeeks(1));
    }

    @Test
    void what_is_sent_at_once_goes_to_different_slots() throws Exception {
        slot("rehearsal", "monday", "09:00");
        slot("rehearsal", "friday", "17:00");
        int all = 24;
        CountDownLatch go = new CountDownLatch(1);
        List<Future<ZonedDateTime>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(all)) {
            for (int i = 0; i < all; i++) {
                sent.add(threads.submit(() -> {
                    go.await();
                    return at(next("[\"rehearsal\"]"));
                }));
            }
            go.countDown();
        }
        List<ZonedDateTime> times = new ArrayList<>();
        for (Future<ZonedDateTime> one : sent) {
            times.add(one.get());
        }
        assertThat(times).doesNotHaveDuplicates();
        assertThat(times.stream().max(ZonedDateTime::compareTo).orElseThrow().toInstant())
                .as("none is left out")
                .isBefore(Instant.now().plusSeconds(13L * 7 * 86_400));
    }
}
