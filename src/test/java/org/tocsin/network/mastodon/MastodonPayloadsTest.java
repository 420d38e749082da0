package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Recorded;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;

/** What a server of Mastodon 4.5 sends, with every field (docs.joinmastodon.org/entities). */
class MastodonPayloadsTest {
    private static final Channel CHANNEL = new Channel(
            "masto",
            BranchId.MAIN,
            "Mairie",
            "mastodon",
            Map.of("baseUrl", "https://ville.social"),
            Map.of(),
            Instant.EPOCH);
    private static final String LINK = "https://www.gazette.example/une?a=1&b=2";

    private static Optional<HeardItem> item(JsonNode status) {
        return MastodonItems.of(CHANNEL, status, Recorded.NOW);
    }

    private static void assertRose(HeardItem item) {
        assertThat(item.nativeId()).isEqualTo("115612034567890123");
        assertThat(item.author())
                .isEqualTo(new Author("Rose :velo:", "rose@autre.example", "https://autre.example/@rose"));
        assertThat(item.url()).isEqualTo("https://autre.example/@rose/115612034567890123");
        assertThat(item.language()).isEqualTo("fr");
        assertThat(item.publishedAt()).isEqualTo(Instant.parse("2026-11-26T09:12:45Z"));
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.counts()).isEqualTo(new Counts(52L, 17L, 4L, 1204L));
        assertThat(item.tags()).containsExactly("municipales2026");
        assertThat(item.mentioned()).containsExactly("mairie@ville.social");
        assertThat(item.links()).containsExactly(LINK);
        assertThat(item.media()).isTrue();
    }

    @Test
    void a_status() throws IOException {
        HeardItem item = item(Recorded.json("mastodon/status.json")).orElseThrow();
        assertRose(item);
        assertThat(item.text())
                .isEqualTo("Municipales\n\n@mairie la piscine ferme-t-elle\u00a0?\nLire " + LINK + " #Municipales2026");
    }

    @Test
    void notifications() throws IOException {
        List<Optional<HeardItem>> items = Recorded.json("mastodon/notifications.json")
                .valueStream()
                .map(one -> item(one.path("status")))
                .toList();
        assertRose(items.getFirst().orElseThrow());
        assertThat(items.getLast())
                .as("what is written to the account alone is not kept")
                .isEmpty();
    }

    @Test
    void streaming() throws IOException {
        JsonNode events = Recorded.json("mastodon/streaming.json");
        JsonNode update = Json.read(events.path(0).path("payload").asText());
        assertRose(item(update).orElseThrow());
        HeardItem boost =
                item(Json.read(events.path(1).path("payload").asText())).orElseThrow();
        assertThat(boost.kind()).isEqualTo(ItemKind.REPOST);
        assertThat(boost.author().handle()).isEqualTo("paul@ville.social");
        assertThat(boost.about()).isEqualTo("https://autre.example/@rose/115612034567890123");
        assertThat(boost.text()).startsWith("Municipales");
        assertThat(boost.publishedAt()).isEqualTo(Instant.parse("2026-11-26T10:00:00Z"));
        assertThat(item(Json.read(events.path(2).path("payload").asText()))
                        .orElseThrow()
                        .text())
                .isEqualTo("Municipales\n\nLa piscine rouvre");
        assertRose(item(Json.read(events.path(3).path("payload").asText()).path("status"))
                .orElseThrow());
        assertThat(MastodonAnswers.isId(events.path(4).path("payload").asText()))
                .isTrue();
    }
}
