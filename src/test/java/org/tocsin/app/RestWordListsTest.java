package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.RunningDaemon.Answer;

/** Word lists over REST, at the size that the language of watches allows. */
class RestWordListsTest {
    @Test
    void a_list_of_all_the_entries_that_it_may_have_is_taken_and_changed(@TempDir Path data) throws IOException {
        String entries = IntStream.range(0, 50_000)
                .mapToObj(i -> "\"rue de la république numéro " + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(entries.length()).isGreaterThan(1_500_000);
        try (RunningDaemon daemon = new RunningDaemon(data)) {
            Answer made = daemon.post("/api/v1/word-lists", "{\"name\":\"rues\",\"entries\":" + entries + "}");
            assertThat(made.status()).isEqualTo(201);
            Answer changed = daemon.send(
                    daemon.token(),
                    "PATCH",
                    "/api/v1/word-lists/" + made.json().path("id").asText(),
                    ("{\"version\":1,\"entries\":" + entries + "}").getBytes(StandardCharsets.UTF_8));
            assertThat(changed.status()).isNotEqualTo(413);
        }
    }
}
