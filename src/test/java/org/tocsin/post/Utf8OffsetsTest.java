package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8OffsetsTest {
    @Property
    void an_offset_is_the_length_of_what_is_before(@ForAll String text) {
        Utf8Offsets offsets = new Utf8Offsets(text);
        for (int i = 0; i <= text.length(); i = i < text.length() ? text.offsetByCodePoints(i, 1) : i + 1) {
            assertThat(offsets.at(i)).isEqualTo(text.substring(0, i).getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void a_hashtag_after_emoji_and_accents_is_found_in_the_bytes() {
        String text = "🎉 Été : #Démocratie !";
        TextEntity tag = TextEntities.find(text).getFirst();
        Utf8Offsets offsets = new Utf8Offsets(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = offsets.at(tag.start());
        assertThat(new String(bytes, from, offsets.at(tag.end()) - from, StandardCharsets.UTF_8))
                .isEqualTo("#Démocratie");
    }

    @Test
    void the_inside_of_a_surrogate_pair_has_no_offset() {
        assertThatThrownBy(() -> new Utf8Offsets("a😀").at(2)).isInstanceOf(IllegalArgumentException.class);
    }
}
