package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Facets are words. */
class SearchWordsTest {
    @Test
    void a_language_is_called_by_its_name() {
        assertThat(SearchPage.language("de", Locale.FRENCH)).isEqualTo("allemand");
        assertThat(SearchPage.language("fr", Locale.ENGLISH)).isEqualTo("French");
        assertThat(SearchPage.language("?", Locale.FRENCH)).as("no language").isEqualTo("?");
    }
}
