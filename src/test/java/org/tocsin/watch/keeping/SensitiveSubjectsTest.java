package org.tocsin.watch.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Message;

/** When a watch is asked for its reason. */
class SensitiveSubjectsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Jeanne Dupont\"",
                "tram OR « Jean-Luc Martin »",
                "\"María José García\" ville",
                "mosquée musulmane",
                "séropositif*",
                "Sans-papiers"
            })
    void a_person_and_a_matter_of_belief_or_health_need_one(String query) {
        assertThat(SensitiveSubjects.in(query)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Rue Pasteur\"",
                "\"École Jean Moulin\"",
                "\"coupure d’eau\"",
                "Saint-Denis",
                "\"Place de la République\"",
                "subv* NEAR/5 piscine",
                "Dupont"
            })
    void a_place_and_plain_words_do_not(String query) {
        assertThat(SensitiveSubjects.in(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Jeanne Dupont\""})
    void what_is_asked_names_the_words(String query) {
        assertThat(SensitiveSubjects.in(query)).contains(Message.of("watching.reason.person", "name", "Jeanne Dupont"));
    }
}
