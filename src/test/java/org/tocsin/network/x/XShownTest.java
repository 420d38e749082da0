package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader of X sees of a link. */
class XShownTest {
    @ParameterizedTest
    @CsvSource({
        "http://dev.twitter.com/pages/tweet_entities, dev.twitter.com/pages/tweet_en…",
        "https://www.Exemple.fr/, exemple.fr",
        "https://exemple.fr/reunion, exemple.fr/reunion",
        "exemple.fr/une-adresse-bien-longue, exemple.fr/une-adresse-bi…",
        "Rien à raccourcir ici, Rien à raccourcir ici"
    })
    void a_link_is_its_host_and_fifteen_characters(String text, String shown) {
        assertThat(XText.shown(text)).isEqualTo(shown);
        assertThat(XText.shown("Voir " + text + " !")).isEqualTo("Voir " + shown + " !");
    }

    @Test
    void it_counts_as_23_however_long_it_is_and_however_it_is_shown() {
        String text = "Programme : https://www.exemple.fr/" + "tres-".repeat(40) + "long";
        assertThat(XText.weight(text)).isEqualTo("Programme : ".length() + 23);
        assertThat(XText.shown(text)).isEqualTo("Programme : exemple.fr/tres-tres-tres…");
    }
}
