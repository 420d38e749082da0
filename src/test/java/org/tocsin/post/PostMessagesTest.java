package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

class PostMessagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "post.text.empty",
                "post.text.unsplittable",
                "post.text.too-many-parts",
                "post.mention.unknown",
                "post.mention.malformed"
            })
    void every_code_has_a_whole_text_in_both_languages(String code) {
        Message message = Message.of(code, "token", "abc", "name", "abc", "actual", 9, "limit", 5);
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            assertThat(new Messages().text(message, language))
                    .doesNotContain(code)
                    .doesNotContainPattern("\\{[a-z]")
                    .doesNotContainPattern(" [:;!?»]|« |'");
        }
    }
}
