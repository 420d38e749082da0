package org.tocsin.network.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tocsin.mention.Author;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Recorded;

/** What a bot is told: an answer, a forward, an edit, a post of a channel (core.telegram.org/bots/api#update). */
class TelegramPayloadsTest {
    private static Optional<HeardItem> item(int index, String kind) throws IOException {
        JsonNode update = Recorded.json("telegram/updates.json").path(index);
        return TelegramItems.of(update.path(kind), Recorded.NOW);
    }

    @Test
    void an_answer_in_a_group() throws IOException {
        HeardItem item = item(0, "message").orElseThrow();
        assertThat(item.nativeId()).isEqualTo("-1001234567890/4711");
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.text()).isEqualTo("@mairie_bot la piscine ferme 🏊 lire gazette.example/une #Municipales2026");
        assertThat(item.author()).isEqualTo(new Author("Rose Martin", "rose_m", "https://t.me/rose_m"));
        assertThat(item.url()).isEqualTo("https://t.me/quartier_nord/4711");
        assertThat(item.about()).isEqualTo("https://t.me/quartier_nord/4700");
        assertThat(item.publishedAt()).isEqualTo(Instant.ofEpochSecond(1_795_684_365));
        assertThat(item.tags()).containsExactly("Municipales2026");
        assertThat(item.mentioned()).containsExactly("mairie_bot");
        assertThat(item.links()).containsExactly("https://www.gazette.example/deux", "https://gazette.example/une");
    }

    @Test
    void a_forward_an_edit_and_a_post_of_a_channel() throws IOException {
        HeardItem forward = item(1, "message").orElseThrow();
        assertThat(forward.kind()).isEqualTo(ItemKind.REPOST);
        assertThat(forward.text()).isEqualTo("La piscine rouvre");
        assertThat(forward.media()).isTrue();
        HeardItem edited = item(2, "edited_message").orElseThrow();
        assertThat(edited.nativeId()).isEqualTo("-1001234567890/4711");
        assertThat(edited.text()).isEqualTo("La piscine rouvre");
        HeardItem post = item(3, "channel_post").orElseThrow();
        assertThat(post.author()).isEqualTo(new Author("Mairie", null, null));
        assertThat(post.url()).isEqualTo("https://t.me/c/5555555555/9");
        assertThat(item(4, "message")).as("somebody came in").isEmpty();
    }
}
