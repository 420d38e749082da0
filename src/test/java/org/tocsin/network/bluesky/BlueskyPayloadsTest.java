package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Recorded;

/** What an AppView and Jetstream send, with every field (lexicons app.bsky.feed.defs#postView, app.bsky.notification.listNotifications). */
class BlueskyPayloadsTest {
    private static final String DID = "did:plc:z72i7hdynmk6r22z27h6tvur";
    private static final String TEXT =
            "@mairie.example la piscine ferme ? 🏊 Lire gazette.example/une #Municipales2026";
    private static final String WEB = "https://bsky.app/profile/" + DID + "/post/3lbpqr7xyzs2k";

    private static void assertRose(HeardItem item) {
        assertThat(item.nativeId()).isEqualTo("at://" + DID + "/app.bsky.feed.post/3lbpqr7xyzs2k");
        assertThat(item.text()).isEqualTo(TEXT);
        assertThat(item.url()).isEqualTo(WEB);
        assertThat(item.language()).isEqualTo("fr");
        assertThat(item.publishedAt()).isEqualTo(Instant.parse("2026-11-26T09:12:45.123Z"));
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.tags()).containsExactly("Municipales2026", "piscine");
        assertThat(item.mentioned()).containsExactly("mairie.example");
        assertThat(item.links()).containsExactly("https://www.gazette.example/une?a=1&b=2");
        assertThat(item.about())
                .isEqualTo("https://bsky.app/profile/did:plc:mairiemairiemairiemairie/post/3lparent2222b");
        assertThat(item.media()).isTrue();
    }

    @Test
    void a_post() throws IOException {
        HeardItem item = BlueskyItems.of(Recorded.json("bluesky/post.json"), Recorded.NOW)
                .orElseThrow();
        assertRose(item);
        assertThat(item.author())
                .isEqualTo(new Author("Rose 🚲", "rose.bsky.social", "https://bsky.app/profile/" + DID));
        assertThat(item.counts()).isEqualTo(new Counts(52L, 17L, 4L, null));
    }

    @Test
    void notifications() throws IOException {
        JsonNode list = Recorded.json("bluesky/notifications.json").path("notifications");
        HeardItem item = BlueskyItems.of(list.path(0), Recorded.NOW).orElseThrow();
        assertRose(item);
        assertThat(item.author().handle()).isEqualTo("rose.bsky.social");
        assertThat(BlueskyItems.of(list.path(1), Recorded.NOW))
                .as("a like says nothing")
                .isEmpty();
    }

    @Test
    void jetstream() throws IOException {
        JsonNode events = Recorded.json("bluesky/jetstream.json");
        HeardItem item = BlueskyItems.of(
                        new PostRef(
                                events.path(0).path("did").asText(),
                                events.path(0).path("commit").path("rkey").asText()),
                        events.path(0).path("commit").path("record"),
                        Recorded.NOW)
                .orElseThrow();
        assertRose(item);
        assertThat(item.author()).isEqualTo(new Author(null, DID, "https://bsky.app/profile/" + DID));
        assertThat(item.counts()).isEqualTo(Counts.unknown());
        HeardItem quote = BlueskyItems.of(
                        new PostRef(events.path(1).path("did").asText(), "3lbpqtxyzs2kq"),
                        events.path(1).path("commit").path("record"),
                        Recorded.NOW)
                .orElseThrow();
        assertThat(quote.kind()).isEqualTo(ItemKind.QUOTE);
        assertThat(quote.about()).isEqualTo(WEB);
        assertThat(quote.links()).containsExactly("https://www.gazette.example/deux");
        assertThat(quote.media()).isFalse();
    }
}
