package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.media.Media;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Networks;
import org.tocsin.network.reference.CardNetwork;
import org.tocsin.post.Campaign;
import org.tocsin.post.MediaRef;
import org.tocsin.post.MentionBook;
import org.tocsin.post.MentionEntry;
import org.tocsin.post.PostVariant;

/** What is said on one channel: the variant, the mentions, the campaign's parameters, the split and the card belong to one text. */
class ComposerTest {
    private static final Channel ONE = channel("one");
    private static final Channel TWO = channel("two");

    private final List<String> read = new ArrayList<>();
    private final List<Media> media = new ArrayList<>();
    private final Composer composer = new Composer(new Networks(List.of(new CardNetwork(60))));

    private static Channel channel(String id) {
        return new Channel(id, BranchId.MAIN, id, CardNetwork.ID, Map.of(), Map.of(), Instant.EPOCH);
    }

    private static PostRequest request(String text, boolean thread, Map<String, PostVariant> variants) {
        return new PostRequest(
                text, "fr", null, null, null, null, thread, false, variants, List.of(), null, null, null, null);
    }

    private Composer.Context context(@Nullable Campaign campaign) {
        return new Composer.Context(
                "fr",
                new MentionBook(List.of(new MentionEntry("mairie", "La mairie", Map.of(CardNetwork.ID, "@mairie")))),
                campaign,
                media,
                null,
                link -> {
                    read.add(link);
                    return Optional.of(new LinkCard("https://canonical.example/", "Titre", "", null));
                });
    }

    private static Campaign campaign() {
        return new Campaign(
                "c",
                BranchId.MAIN,
                "c",
                "#Vote",
                LocalDate.EPOCH,
                null,
                List.of(),
                Map.of("utm_source", "tocsin"),
                List.of("exemple.fr"),
                1);
    }

    private static @Nullable LinkCard card(Composed composed) {
        return composed.parts().getFirst().content().linkCard();
    }

    private PostRequest showing(Media... images) {
        media.addAll(List.of(images));
        return new PostRequest(
                "avec images",
                "fr",
                null,
                null,
                null,
                null,
                false,
                false,
                Map.of(),
                media.stream().map(one -> new MediaRef(one.id(), "alt")).toList(),
                null,
                null,
                null,
                null);
    }

    private static Media gif(long bytes, boolean animated) {
        return new Media(
                "m" + bytes, BranchId.MAIN, MediaType.GIF, "", 10, 10, bytes, "0".repeat(64), animated, Instant.EPOCH);
    }

    private void refused(String code, PostRequest request) {
        assertThatThrownBy(() -> composer.compose(ONE, request, context(null)))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.faults().getFirst().message().code()).isEqualTo(code));
        media.clear();
    }

    @Test
    void an_animation_is_checked_when_it_is_accepted_for_it_is_not_converted() {
        refused("publishing.animation.refused", showing(gif(1001, true)));
        refused("publishing.animation.alone", showing(gif(1000, true), gif(10, false)));
        PostRequest fits = showing(gif(1000, true));
        assertThat(composer.compose(ONE, fits, context(null)).parts()).hasSize(1);
    }

    @Test
    void a_card_is_that_of_the_channels_own_first_link_as_it_stands_in_its_text() {
        PostRequest request = request(
                "voir https://exemple.fr/a",
                false,
                Map.of(
                        "one", new PostVariant("voir https://exemple.fr/b", null, null),
                        "two", new PostVariant("rien à voir", null, null)));
        Composed one = composer.compose(ONE, request, context(campaign()));
        assertThat(one.text()).isEqualTo("voir https://exemple.fr/b?utm_source=tocsin");
        assertThat(card(one)).isEqualTo(new LinkCard("https://exemple.fr/b?utm_source=tocsin", "Titre", "", null));
        assertThat(card(composer.compose(TWO, request, context(campaign())))).isNull();
        assertThat(read).containsExactly("https://exemple.fr/b?utm_source=tocsin");
    }

    @Test
    void a_thread_has_its_card_on_the_first_part_alone() {
        Composed composed = composer.compose(
                ONE,
                request(
                        "Une première phrase avec https://exemple.fr/a dedans. Une deuxième phrase, assez longue.",
                        true,
                        Map.of()),
                context(null));
        assertThat(composed.parts()).hasSizeGreaterThan(1);
        assertThat(composed.parts())
                .filteredOn(part -> part.content().linkCard() != null)
                .hasSize(1);
        assertThat(card(composed)).isNotNull();
    }

    @Test
    void a_name_of_the_book_becomes_the_networks_handle_and_an_unknown_one_is_a_fault_of_its_field() {
        assertThat(composer.compose(ONE, request("merci @{mairie}", false, Map.of()), context(null))
                        .text())
                .isEqualTo("merci @mairie");
        PostRequest variant =
                request("merci", false, Map.of(CardNetwork.ID, new PostVariant("merci @{personne}", null, null)));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> composer.compose(ONE, variant, context(null)))
                .satisfies(fault -> assertThat(fault.faults().getFirst().pointer())
                        .isEqualTo("/variants/" + CardNetwork.ID + "/text"));
    }

    @Test
    void a_variant_of_the_channel_goes_before_one_of_the_network() {
        PostRequest request = request(
                "pour tous",
                false,
                Map.of(
                        "one",
                        new PostVariant("pour un", null, null),
                        CardNetwork.ID,
                        new PostVariant("pour le réseau", null, null)));
        assertThat(composer.compose(ONE, request, context(null)).text()).isEqualTo("pour un");
        assertThat(composer.compose(TWO, request, context(null)).text()).isEqualTo("pour le réseau");
    }

    @Test
    void a_text_over_the_limit_is_refused_with_the_count() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> composer.compose(ONE, request("x".repeat(61), false, Map.of()), context(null)))
                .satisfies(fault -> {
                    assertThat(fault.faults().getFirst().limit()).isEqualTo(60);
                    assertThat(fault.faults().getFirst().actual()).isEqualTo(61);
                });
    }
}
