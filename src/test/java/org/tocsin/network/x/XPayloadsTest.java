package org.tocsin.network.x;

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

/** What a search of X answers, with every field and with what was expanded (docs.x.com, "Example payloads"). */
class XPayloadsTest {
    @Test
    void posts_of_a_search() throws IOException {
        JsonNode data = Recorded.json("x/search.json").path("data");
        HeardItem reply = XItems.of(data.path(0), Recorded.NOW);
        assertThat(reply.nativeId()).isEqualTo("1993615432109876543");
        assertThat(reply.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(reply.text().strip())
                .isEqualTo(
                        "@mairie la piscine ferme & rouvre ? https://www.gazette.example/une?a=1&b=2 #Municipales2026");
        assertThat(reply.author()).isEqualTo(new Author(null, null, "https://x.com/i/user/2244994945"));
        assertThat(reply.url()).isEqualTo("https://x.com/i/web/status/1993615432109876543");
        assertThat(reply.language()).isEqualTo("fr");
        assertThat(reply.publishedAt()).isEqualTo(Instant.parse("2026-11-26T09:12:45Z"));
        assertThat(reply.tags()).containsExactly("Municipales2026");
        assertThat(reply.mentioned()).containsExactly("mairie");
        assertThat(reply.links()).containsExactly("https://www.gazette.example/une?a=1&b=2");
        assertThat(reply.about()).isEqualTo("https://x.com/i/web/status/1993615000000000000");
        assertThat(reply.media()).isTrue();
        assertThat(reply.counts()).isEqualTo(new Counts(52L, 17L, 4L, null));

        HeardItem quote = XItems.of(data.path(1), Recorded.NOW);
        assertThat(quote.kind()).isEqualTo(ItemKind.QUOTE);
        assertThat(quote.language()).as("a code of X for what is no language").isNull();
        assertThat(quote.counts()).as("by the newer name of the field").isEqualTo(new Counts(3L, 1L, 0L, null));
        assertThat(quote.media()).isFalse();
    }
}
