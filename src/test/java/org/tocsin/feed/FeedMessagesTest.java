package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

class FeedMessagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feed.item.gone",
                "feed.reply",
                "feed.text",
                "feed.withdrawn.text",
                "feed.withdrawn.title",
                "rehearsal.images",
                "rehearsal.stands-for",
                "rehearsal.text"
            })
    void every_code_has_a_whole_text_in_both_languages(String code) {
        Message message = Message.of(
                code,
                "organisation",
                "Ville",
                "value",
                "a",
                "known",
                "b",
                "actual",
                9,
                "limit",
                5,
                "unit",
                "graphemes");
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.FRENCH}) {
            assertThat(new Messages().text(message, language))
                    .doesNotContain(code)
                    .doesNotContainPattern("\\{[a-z]")
                    .doesNotContainPattern(" [:;!?»]|« |'");
        }
        assertThat(new Messages().text(message, Locale.FRENCH))
                .isNotEqualTo(new Messages().text(message, Locale.ENGLISH));
    }
}
