package org.tocsin.network.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Messages;
import org.tocsin.base.UnitOfWork;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Network;
import org.tocsin.network.OfflineRules;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.StoredNetworkContract;
import org.tocsin.network.TestClock;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextSize;
import org.tocsin.sql.SqlRehearsal;

class RehearsalNetworkTest extends StoredNetworkContract {
    private final SqlRehearsal timeline = new SqlRehearsal();

    /** The rules of a network of ten UTF-16 units and one image. */
    private static final class Tiny implements OfflineRules {
        @Override
        public Limits limits() {
            return new Limits(
                    10, 10, "utf-16", 1, null, 0, false, List.of(), List.of(), true, LocalDate.EPOCH, "made up");
        }

        @Override
        public TextSize measure(Draft draft) {
            return new TextSize(draft.text().length(), 10, "utf-16");
        }

        @Override
        public boolean takesLinkCard() {
            return true;
        }
    }

    @Override
    protected Network open(UnitOfWork unitOfWork, TestClock clock) {
        return new RehearsalNetwork(
                unitOfWork,
                timeline,
                name -> name.equals("bluesky") ? Optional.of(new Tiny()) : Optional.empty(),
                "http://localhost:8080",
                new Ids(clock),
                clock);
    }

    private static Channel standingFor(String name) {
        return new Channel(
                "practice",
                BranchId.MAIN,
                "Practice",
                RehearsalNetwork.ID,
                name.isEmpty() ? Map.of() : Map.of(RehearsalNetwork.STANDS_FOR, name),
                Map.of(),
                Instant.EPOCH);
    }

    @Override
    protected Channel channel() {
        return standingFor("");
    }

    private List<RehearsalPost> rows() {
        return store.read(tx -> timeline.newest(tx, BranchId.MAIN, "", "", 100));
    }

    @Override
    protected List<String> shown() {
        return rows().reversed().stream()
                .filter(post -> post.withdrawnAt() == null)
                .map(post -> post.content().text())
                .toList();
    }

    @Override
    protected long length(String text) {
        return Graphemes.count(text);
    }

    @Test
    void the_rules_are_those_of_the_network_that_it_stands_for() {
        Channel channel = standingFor("bluesky");
        assertThat(network.limits(channel)).isEqualTo(new Tiny().limits());
        assertThat(network.takesLinkCard(channel)).isTrue();
        assertThat(network.measure(channel, Draft.of("👍👍👍👍👍"))).isEqualTo(new TextSize(10, 10, "utf-16"));
        assertThat(network.measure(channel, Draft.of("👍👍👍👍👍!")).fits()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "mastodon", "telegram", "x"})
    void where_no_rules_are_known_plain_ones_apply(String name) {
        Channel channel = standingFor(name);
        assertThat(network.validate(channel)).isEmpty();
        assertThat(network.limits(channel).maxText()).isEqualTo(500);
        assertThat(network.measure(channel, new Draft("👍".repeat(499), "!", false)))
                .isEqualTo(new TextSize(500, 500, "graphemes"));
        assertThat(network.takesLinkCard(channel)).isFalse();
    }

    @Test
    void a_network_that_it_cannot_stand_for_is_a_fault_and_not_an_exception() {
        Channel channel = standingFor("myspace");
        assertThat(network.validate(channel)).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/settings/standsFor");
            assertThat(new Messages().text(fault.message(), Locale.ENGLISH))
                    .contains("“myspace”", "none, bluesky, mastodon, telegram, x");
            assertThat(new Messages().text(fault.message(), Locale.FRENCH)).contains("«\u202Fmyspace\u202F»");
        });
        assertThat(network.check(channel).status()).isEqualTo(ChannelHealth.Status.DEGRADED);
        assertThat(network.limits(channel).maxText()).isEqualTo(500);
    }

    @Test
    void the_timeline_shows_what_would_have_gone_out_newest_first() {
        Channel channel = standingFor("bluesky");
        SegmentImage image =
                new SegmentImage(new FittedImage(Path.of("x"), MediaType.PNG, 40, 30, 99, "a".repeat(64)), "Une place");
        LinkCard card = new LinkCard("https://exemple.fr/", "Titre", "", null);
        Segment first = new Segment(0, 2, "un", List.of(image), "fr", "Attention", "unlisted", card, null);
        Receipt one = publish(channel, first, "k1", null);
        Receipt two = publish(channel, new Segment(1, 2, "deux", List.of(), "fr", null, null, null, null), "k2", one);

        assertThat(rows()).extracting(RehearsalPost::id).containsExactly(two.remoteId(), one.remoteId());
        assertThat(rows().getLast().content())
                .isEqualTo(new RehearsalContent(
                        "bluesky",
                        "un",
                        "fr",
                        "Attention",
                        "unlisted",
                        List.of(new RehearsalImage("a".repeat(64), "image/png", 99, 40, 30, "Une place")),
                        card,
                        null,
                        0,
                        2));
        assertThat(rows().getFirst().content().parentId()).isEqualTo(one.remoteId());
        List<RehearsalPost> next = store.read(tx -> timeline.newest(tx, BranchId.MAIN, "", two.remoteId(), 100));
        assertThat(next).extracting(RehearsalPost::id).containsExactly(one.remoteId());
        List<RehearsalPost> others = store.read(tx -> timeline.newest(tx, new BranchId("other"), "", "", 100));
        assertThat(others).isEmpty();
    }

    @Test
    void more_images_than_the_network_takes_are_refused() {
        SegmentImage image =
                new SegmentImage(new FittedImage(Path.of("x"), MediaType.PNG, 40, 30, 99, "a".repeat(64)), "");
        Segment segment = new Segment(0, 1, "un", List.of(image, image), "fr", null, null, null, null);
        assertThat(network.render(standingFor("bluesky"), segment, network.newKey(), null, List.of()))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome().reason().message().code())
                                .isEqualTo("rehearsal.images"));
    }

    private Receipt publish(Channel channel, Segment segment, String key, Receipt parent) {
        RenderResult.Rendered rendered =
                (RenderResult.Rendered) network.render(channel, segment, new DeliveryKey(key), parent, List.of());
        Intent intent = new Intent(
                new DeliveryKey(key),
                rendered.body(),
                rendered.text(),
                "",
                parent == null ? null : parent.remoteId(),
                clock.instant(),
                clock.instant(),
                _ -> false);
        return ((PublishResult.Published) network.publish(channel, intent)).receipt();
    }
}
