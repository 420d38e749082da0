package org.tocsin.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;

class MentionExpansionTest {
    private static final MentionBook BOOK = new MentionBook(List.of(
            new MentionEntry(
                    "Préfecture de Région",
                    "la préfecture",
                    Map.of(
                            "mastodon", "@pref@social.example",
                            "bluesky", "pref.bsky.social",
                            "x", "pref_region",
                            "Telegram", "@prefregion")),
            new MentionEntry("maire", "Jeanne $1 Martin", Map.of("x", "jmartin"))));

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "mastodon,Avec @{Préfecture de Région}.,Avec @pref@social.example.",
                "bluesky,Avec @{préfecture de région}.,Avec @pref.bsky.social.",
                "x,l’@{PRÉFECTURE DE RÉGION} et @{maire},l’@pref_region et @jmartin",
                "telegram,@{Pre\u0301fecture\u00a0de  Région},@prefregion",
                "bluesky,« @{ Maire } »,« Jeanne $1 Martin »",
                "X,@{MAIRE},@jmartin",
                "x,@maire et {maire},@maire et {maire}",
            })
    void writes_what_the_network_knows_them_by(String network, String text, String expected) {
        assertThat(MentionExpansion.expand(text, network, BOOK)).isEqualTo(expected);
    }

    @Test
    void every_fault_is_named_at_once() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> MentionExpansion.expand("@{mairie} @{maire} @{} @{reste", "x", BOOK))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(FaultException.Kind.INVALID);
                    assertThat(e.faults()).extracting(Fault::pointer).containsOnly("/text");
                    assertThat(e.faults())
                            .extracting(fault -> fault.message().code() + " "
                                    + fault.message().args().get("name"))
                            .containsExactly(
                                    "post.mention.unknown mairie",
                                    "post.mention.malformed @{}",
                                    "post.mention.malformed @{reste");
                });
    }

    @Test
    void an_expanded_handle_is_a_mention() {
        String text = MentionExpansion.expand("Merci à l’@{Préfecture de Région}!", "mastodon", BOOK);
        assertThat(TextEntities.find(text)).extracting(TextEntity::value).containsExactly("pref@social.example");
    }

    @Test
    void a_book_has_each_name_once() {
        MentionEntry one = new MentionEntry("Élu", "Élu", Map.of());
        MentionEntry same = new MentionEntry("éLU", "Autre", Map.of());
        assertThatThrownBy(() -> new MentionBook(List.of(one, same))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"' ',b,c", "a{b,b,c", "a,' ',c", "a,b,@", "a,b,c d"})
    void an_entry_that_cannot_be_written_is_refused(String name, String displayName, String handle) {
        assertThatThrownBy(() -> new MentionEntry(name, displayName, Map.of("x", handle)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
