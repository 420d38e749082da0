package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.network.Draft;

/** What a reader of Mastodon sees of a link. */
class MastodonShownTest {
    @ParameterizedTest
    @CsvSource({
        "https://www.exemple.fr/reunion, exemple.fr/reunion",
        "http://exemple.fr/123456789012345678, exemple.fr/123456789012345678",
        "https://exemple.fr/1234567890123456789, exemple.fr/1234567890123456789",
        "https://exemple.fr/12345678901234567890, exemple.fr/1234567890123456789…",
        "Rien à raccourcir ici, Rien à raccourcir ici"
    })
    void a_link_is_thirty_characters_without_what_stands_before_its_name(String text, String shown) {
        assertThat(MastodonText.shown(MastodonInstance.DEFAULTS, text)).isEqualTo(shown);
        assertThat(MastodonText.shown(MastodonInstance.DEFAULTS, "Voir " + text + " @a@b.example"))
                .isEqualTo("Voir " + shown + " @a@b.example");
    }

    @Test
    void it_counts_as_23_however_it_is_shown() {
        Draft draft = new Draft("À lire : https://exemple.fr/" + "long-".repeat(40), null, false);
        assertThat(MastodonText.size(MastodonInstance.DEFAULTS, 500, draft).actual())
                .isEqualTo("À lire : ".length() + 23);
        assertThat(MastodonText.shown(MastodonInstance.DEFAULTS, draft.text()))
                .isEqualTo("À lire : exemple.fr/long-long-long-long…");
    }
}
