package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More watches than fit on a page are looked through, at the desk and by programs. */
class ManyWatchesTest {
    @TempDir
    private Path folder;

    @Test
    void they_come_page_by_page_each_once_and_are_found_by_name() throws IOException {
        try (RunningDaemon daemon = new RunningDaemon(folder);
                Browser browser = Browser.ofTheFirst(daemon)) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                names.add("Veille %02d".formatted(i));
                assertThat(daemon.post(
                                        "/api/v1/watches",
                                        "{\"name\":\"Veille %02d\",\"query\":\"quartier%02d\"}".formatted(i, i))
                                .status())
                        .isEqualTo(201);
            }
            List<String> read = new ArrayList<>();
            String after = "";
            do {
                JsonNode page = daemon.get("/api/v1/watches?limit=25" + (after.isEmpty() ? "" : "&after=" + after))
                        .json();
                page.path("items").forEach(watch -> read.add(watch.path("name").asText()));
                after = page.path("next").asText("");
                assertThat(read).hasSizeLessThanOrEqualTo(60);
            } while (!after.isEmpty() && !after.equals("null"));
            assertThat(read).isEqualTo(names);
            assertThat(daemon.get("/api/v1/watches?after=00000000-0000-7000-8000-000000000000")
                            .status())
                    .isEqualTo(422);

            assertThat(browser.get("/desk/listen").body())
                    .contains("Veille 00", "Veille 49", "1 à 50 sur 60", "?page=2#watches")
                    .doesNotContain("Veille 50");
            assertThat(browser.get("/desk/listen?page=2").body())
                    .contains("Veille 50", "Veille 59", "51 à 60 sur 60")
                    .doesNotContain("Veille 49");
            assertThat(browser.get("/desk/listen?page=99").body()).contains("51 à 60 sur 60");
            assertThat(browser.get("/desk/listen?named=QUARTIER07").body())
                    .contains("Veille 07")
                    .doesNotContain("Veille 08");
        }
    }
}
