package org.tocsin.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text makes of the values of its message: words, numbers, times. */
class MessagesFormTest {
    private final Messages messages = new Messages(ZoneId.of("Europe/Paris"));

    @ParameterizedTest
    @CsvSource({
        "0, 0 tentative, 0 attempts",
        "1, 1 tentative, 1 attempt",
        "2, 2 tentatives, 2 attempts",
        "100, 100 tentatives, 100 attempts"
    })
    void a_number_has_its_noun_in_both_languages(int count, String french, String english) {
        Message message = Message.of("cli.delivery.attempts", "count", count);
        assertThat(messages.text(message, Locale.FRENCH)).isEqualTo(french);
        assertThat(messages.text(message, Locale.ENGLISH)).isEqualTo(english);
    }

    @Test
    void a_word_of_the_machine_is_told_as_people_say_it() {
        Message message = Message.of("delivery.state.refuses", "state", "PUBLISHED", "event", "RELEASE");
        assertThat(messages.text(message, Locale.FRENCH))
                .startsWith("Cet envoi est «\u00a0publié\u00a0»")
                .doesNotContain("RELEASE");
        assertThat(messages.text(message, Locale.ENGLISH)).startsWith("This delivery is published");
    }

    @Test
    void a_cause_is_a_text_with_values_of_the_same_message() {
        Message message = new Message(
                "network.unreachable",
                Map.of("cause", "failure.refused", "host", "social.example", "detail", "Failed to connect to"));
        assertThat(messages.text(message, Locale.FRENCH))
                .startsWith("Le serveur est injoignable. social.example refuse la connexion")
                .doesNotContain("Failed");
    }

    @Test
    void a_word_without_a_text_stays_as_it_is_and_one_that_is_not_given_is_left_out() {
        assertThat(messages.word("web.state", "SLEEPING", Locale.FRENCH)).isEqualTo("SLEEPING");
        assertThat(messages.text(Message.of("network.unreachable", "detail", "old"), Locale.ENGLISH))
                .isEqualTo("The server cannot be reached. ");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00Z, '25 octobre 2026, 2 h 30', '25 October 2026, 02:30'",
        "2026-12-01T17:00:00Z, '1er décembre 2026, 18 h', '1 December 2026, 18:00'",
        "2027-03-28T03:05,     '28 mars 2027, 3 h 05',    '28 March 2027, 03:05'",
        "2027-01-02,           2 janvier 2027,            2 January 2027",
        "2026-12,              décembre 2026,             December 2026",
        "2026-13,              2026-13,                   2026-13",
        "bientôt,              bientôt,                   bientôt"
    })
    void a_time_is_told_as_people_write_it(String iso, String french, String english) {
        LocalTimes times = new LocalTimes(ZoneId.of("Europe/Paris"));
        assertThat(times.text(iso, Locale.FRENCH).replace('\u202f', ' ')).isEqualTo(french);
        assertThat(times.text(iso, Locale.ENGLISH)).isEqualTo(english);
    }
}
