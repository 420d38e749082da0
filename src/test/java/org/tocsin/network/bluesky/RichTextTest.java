package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.post.TextEntity;
import org.tocsin.post.TextSize;

class RichTextTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org,                            example.org",
        "https://example.org/,                           example.org",
        "https://Example.ORG/A,                          example.org/A",
        "https://example.org/123456789012345,            example.org/123456789012...",
        "https://example.org/12345678901234,             example.org/12345678901234",
        "https://example.org/?q=1,                       example.org?q=1",
        "http://example.org:8080/a/b#c,                  example.org:8080/a/b#c",
        "https://example.org/a?query=quite-a-long-one,   example.org/a?query=quit..."
    })
    void links_are_shown_as_in_bluesky_s_own_app_and_stay_whole_in_the_facet(String url, String shown) {
        RichText text = RichText.of("é " + url + " fin");
        assertThat(text.text()).isEqualTo("é " + shown + " fin");
        assertThat(text.spans()).singleElement().satisfies(span -> {
            assertThat(span.value()).isEqualTo(url);
            assertThat(span.start()).isEqualTo(3);
            assertThat(slice(text, span)).isEqualTo(shown);
        });
    }

    @Test
    void tags_and_handles_are_found_and_what_cannot_be_one_is_not() {
        RichText text =
                RichText.of("👨\u200D👩\u200D👧 #Démocratie @alice.test @bob @carol@social.example #" + "x".repeat(65));
        assertThat(text.spans()).extracting(RichText.Span::value).containsExactly("Démocratie", "alice.test");
        assertThat(slice(text, text.spans().getFirst())).isEqualTo("#Démocratie");
        assertThat(slice(text, text.spans().getLast())).isEqualTo("@alice.test");
    }

    @Test
    void both_limits_bind() {
        String family = "👨\u200D👩\u200D👧\u200D👦";
        assertThat(RichText.of(family.repeat(120)).size().fits()).isTrue();
        assertThat(RichText.of(family.repeat(121)).size()).isEqualTo(new TextSize(3025, 3000, "bytes"));
        assertThat(RichText.of("e\u0301".repeat(300)).size().fits()).isTrue();
        assertThat(RichText.of("e\u0301".repeat(301)).size().unit()).isEqualTo("graphemes");
    }

    @Property(tries = 300)
    void every_span_lies_on_characters_of_the_text_in_order(@ForAll String noise) {
        RichText text = RichText.of(noise + " https://example.org/" + "a".repeat(20) + " #tag" + noise + " @a.test");
        int before = 0;
        for (RichText.Span span : text.spans()) {
            assertThat(span.start()).isGreaterThanOrEqualTo(before);
            before = span.end();
            if (span.kind() == TextEntity.Kind.HASHTAG) {
                assertThat(slice(text, span)).isEqualTo("#" + span.value());
            }
        }
        assertThat(before).isLessThanOrEqualTo(text.text().getBytes(StandardCharsets.UTF_8).length);
    }

    private static String slice(RichText text, RichText.Span span) {
        byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
        return new String(Arrays.copyOfRange(bytes, span.start(), span.end()), StandardCharsets.UTF_8);
    }
}
