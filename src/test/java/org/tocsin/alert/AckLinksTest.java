package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.sql.Opened;

/** A link is ours as a whole or not at all, and not for ever. */
class AckLinksTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final AckLinks links = new AckLinks(Opened.BOX::hash);
    private final String token = links.token("alert-1", "ada", NOW);

    @Test
    void it_says_which_alert_and_for_whom_until_its_time_is_over() {
        assertThat(links.read(token, NOW.plus(AckLinks.LASTS).minusSeconds(1)))
                .contains(new AckLinks.Ack("alert-1", "ada"));
        assertThat(links.read(token, NOW.plus(AckLinks.LASTS))).isEmpty();
        assertThat(links.token("alert-1", "ada", NOW))
                .as("a repeat has the same")
                .isEqualTo(token);
    }

    @Test
    void no_part_of_it_can_be_changed() {
        String later = links.token("alert-1", "ada", NOW.plus(Duration.ofDays(1)));
        String mac = token.substring(token.lastIndexOf('.'));
        for (String forged : List.of(
                "",
                "alert-1.ada",
                token.replace("alert-1", "alert-2"),
                token.replace("ada", "bob"),
                later.substring(0, later.lastIndexOf('.')) + mac,
                token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0"),
                token + "0",
                token.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(links.read(forged, NOW)).as(forged).isEmpty();
        }
        assertThat(new AckLinks(text -> Opened.BOX.hash(text + "other")).read(token, NOW))
                .isEmpty();
        // 256 bits.
        assertThat(mac).hasSize(1 + 64);
    }
}
