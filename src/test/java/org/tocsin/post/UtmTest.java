package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtmTest {
    private static final Utm UTM = new Utm(parameters(), List.of("Exemple.fr", "élue.fr"));

    private static Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("utm_source", "mastodon");
        parameters.put("utm_campaign", "été & vote");
        return parameters;
    }

    private static final String BOTH = "utm_source=mastodon&utm_campaign=%C3%A9t%C3%A9%20%26%20vote";

    @ParameterizedTest
    @CsvSource({
        "https://exemple.fr, https://exemple.fr?BOTH",
        "https://exemple.fr/, https://exemple.fr/?BOTH",
        "https://www.EXEMPLE.fr/a, https://www.EXEMPLE.fr/a?BOTH",
        "https://exemple.fr:8443/a?b=c, https://exemple.fr:8443/a?b=c&BOTH",
        "https://exemple.fr/a?b=c&#d?e, https://exemple.fr/a?b=c&BOTH#d?e",
        "https://exemple.fr/a#b, https://exemple.fr/a?BOTH#b",
        "https://exemple.fr/?UTM_Source=lettre, https://exemple.fr/?UTM_Source=lettre&utm_campaign=%C3%A9t%C3%A9%20%26%20vote",
        "https://exemple.fr/?utm_source=&utm_campaign=x#y, https://exemple.fr/?utm_source=&utm_campaign=x#y",
        "https://xn--lue-9la.fr/, https://xn--lue-9la.fr/?BOTH",
        "https://www.élue.fr/, https://www.élue.fr/?BOTH",
        "https://faux-exemple.fr/, https://faux-exemple.fr/",
        "https://exemple.fr.autre.org/, https://exemple.fr.autre.org/",
        "https://autre.org/?u=https://exemple.fr/, https://autre.org/?u=https://exemple.fr/",
    })
    void only_links_of_own_domains_get_what_they_lack(String url, String expected) {
        String wanted = expected.replace("BOTH", BOTH);
        assertThat(UTM.applyToLink(url)).isEqualTo(wanted);
        assertThat(UTM.applyToLink(wanted)).isEqualTo(wanted);
        assertThat(UTM.applyTo("Voir (" + url + ").")).isEqualTo("Voir (" + wanted + ").");
    }

    @Test
    void it_is_off_without_parameters() {
        assertThat(Utm.OFF.applyTo("https://exemple.fr")).isEqualTo("https://exemple.fr");
        assertThat(new Utm(Map.of(), List.of("exemple.fr")).applyTo("https://exemple.fr"))
                .isEqualTo("https://exemple.fr");
    }

    @Test
    void other_parameters_are_refused() {
        assertThatThrownBy(() -> new Utm(Map.of("token", "x"), List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
