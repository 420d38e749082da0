package org.tocsin.network.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Message;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.Draft;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Intent;
import org.tocsin.network.LinkCard;
import org.tocsin.network.NetworkBinding;
import org.tocsin.network.NetworkKit;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.network.Seen;
import org.tocsin.network.SeenParts;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.TestClock;

class TelegramTest extends NetworkKit {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private FakeTelegram fake;

    @Override
    protected NetworkBinding bind(TestClock clock) throws Exception {
        fake = new FakeTelegram(clock);
        return TelegramContractTest.bind(fake);
    }

    private static Segment segment(
            String text, List<SegmentImage> images, @Nullable LinkCard card, @Nullable RemoteRef replyTo) {
        return new Segment(0, 1, text, images, "fr", null, null, card, replyTo);
    }

    private JsonNode sent() throws Exception {
        return JSON.readTree(server.creates().getLast().body());
    }

    @Test
    void links_and_hashtags_are_entities_and_nothing_is_markup() throws Exception {
        published(intent("👍 *a* <b> (https://exemple.fr/a_b) #Été_2026."));
        assertThat(sent().has("parse_mode")).isFalse();
        assertThat(sent().path("entities").toString())
                .isEqualTo(
                        "[{\"type\":\"url\",\"offset\":12,\"length\":22},{\"type\":\"hashtag\",\"offset\":36,\"length\":9}]");
        assertThat(sent().path("link_preview_options").path("url").asText()).isEqualTo("https://exemple.fr/a_b");
        published(intent("rien"));
        assertThat(sent().has("entities") || sent().has("link_preview_options")).isFalse();
    }

    @Test
    void the_preview_is_that_of_the_card() throws Exception {
        LinkCard card = new LinkCard("https://b.example/2", "t", "", null);
        published(intent(segment("https://a.example/1 https://b.example/2", List.of(), card, null), null, List.of()));
        assertThat(sent().path("link_preview_options").path("url").asText()).isEqualTo("https://b.example/2");
    }

    @Test
    void what_is_committed_is_what_leaves_and_holds_no_token() {
        Intent intent = intent("Bonjour https://exemple.fr");
        assertThat(intent.body()).doesNotContain(FakeTelegram.TOKEN);
        published(intent);
        published(intent);
        assertThat(server.creates())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(intent.body()).contains(seen.body()));
    }

    @Test
    void an_animated_gif_is_an_animation_and_stands_alone() throws Exception {
        FittedImage still = image("a").image();
        SegmentImage animation = new SegmentImage(
                new FittedImage(still.file(), MediaType.GIF, 40, 30, still.bytes(), still.sha256()), "");
        published(intent(segment("Une ronde", List.of(animation), null, null), null, List.of("")));
        Seen request = server.creates().getLast();
        assertThat(request.path()).endsWithIgnoringCase("/sendAnimation");
        assertThat(SeenParts.of(request).orElseThrow().files()).containsOnlyKeys("animation");
        Segment both = segment("Deux", List.of(animation, image("b")), null, null);
        assertThat(network.render(channel, both, network.newKey(), null, List.of("", "")))
                .isInstanceOfSatisfying(
                        RenderResult.NotRendered.class,
                        not -> assertThat(not.outcome().reason().message().code())
                                .isEqualTo("network.animation.alone"));
    }

    @Test
    void one_image_is_a_photo_and_more_are_an_album_with_one_caption() throws Exception {
        List<SegmentImage> two = List.of(image("a"), image("b"));
        Receipt photo = published(intent(segment("Une #image", two.subList(0, 1), null, null), null, List.of("")));
        SeenParts one = SeenParts.of(server.creates().getFirst()).orElseThrow();
        assertThat(one.fields()).containsEntry("caption", "Une #image").containsKey("caption_entities");
        assertThat(one.files().get("photo").bytes()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(photo.details()).doesNotContainKey("messageIds");

        Receipt album = published(intent(segment("Deux", two, null, null), photo, List.of("", "")));
        SeenParts many = SeenParts.of(server.creates().getLast()).orElseThrow();
        assertThat(many.fields().get("media"))
                .isEqualTo("[{\"media\":\"attach://photo0\",\"type\":\"photo\",\"caption\":\"Deux\"},"
                        + "{\"media\":\"attach://photo1\",\"type\":\"photo\"}]");
        assertThat(many.fields().get("reply_parameters")).isEqualTo("{\"message_id\":" + photo.remoteId() + "}");
        assertThat(many.files()).containsOnlyKeys("photo0", "photo1");
        assertThat(album.details()).containsEntry("messageIds", "102,103").containsEntry("chatId", "-1001234567890");
        assertThat(album.url()).isEqualTo("https://t.me/agenda_fr/102");
        int before = server.requests().size();
        assertThat(network.delete(channel, album)).isEqualTo(new DeleteResult.Gone());
        assertThat(server.requests()).hasSize(before + 2);
    }

    @Test
    void captions_are_shorter_than_messages() throws Exception {
        String full = "é".repeat(1024);
        List<SegmentImage> image = List.of(image(""));
        assertThat(network.measure(channel, new Draft(full, null, true)).fits()).isTrue();
        assertThat(network.measure(channel, new Draft(full + "x", null, true)).fits())
                .isFalse();
        published(intent(segment(full, image, null, null), null, List.of("")));
        assertThat(network.render(channel, segment(full + "x", image, null, null), network.newKey(), null, List.of("")))
                .isInstanceOf(RenderResult.NotRendered.class);
        List<SegmentImage> eleven =
                IntStream.range(0, 11).mapToObj(_ -> image.getFirst()).toList();
        assertThat(network.render(channel, segment("x", eleven, null, null), network.newKey(), null, List.of("")))
                .isInstanceOf(RenderResult.NotRendered.class);
    }

    @Test
    void an_image_that_has_gone_from_the_cache_sends_nothing() throws Exception {
        SegmentImage image = image("");
        Intent intent = intent(segment("x", List.of(image), null, null), null, List.of(""));
        Files.delete(image.image().file());
        assertThat(network.publish(channel, intent)).isInstanceOf(PublishResult.Unreachable.class);
        assertThat(server.creates()).isEmpty();
    }

    @Test
    void a_link_of_a_message_is_what_a_post_can_answer() throws Exception {
        Receipt first = published(intent("un"));
        RemoteRef same = network.reference(channel, URI.create(first.url())).orElseThrow();
        assertThat(same.remoteId()).isEqualTo(first.remoteId());
        published(intent(segment("deux", List.of(), null, same), null, List.of()));
        assertThat(sent().path("reply_parameters").toString())
                .isEqualTo("{\"message_id\":101,\"chat_id\":\"@agenda_fr\"}");
        assertThat(network.forbidsReply(
                        channel, new HeardPost(channel.setting("chatId").orElseThrow() + "/101", first.url(), false)))
                .isEmpty();
        assertThat(network.forbidsReply(channel, new HeardPost("-1002/7", "https://t.me/c/2/7", true)))
                .map(Message::code)
                .contains("telegram.reply.elsewhere");
        Map<String, String> links = Map.of(
                "https://t.me/c/1234567890/55", "-1001234567890/55",
                "https://t.me/agenda_fr/7?single", "@agenda_fr/7",
                "https://telegram.me/s/agenda_fr/7", "@agenda_fr/7",
                "https://t.me/agenda_fr/3/77", "@agenda_fr/77",
                "https://t.me/agenda_fr", "",
                "https://t.me/agenda_fr/0", "",
                "https://t.me/agenda_fr/99999999999", "",
                "https://evil.example/agenda_fr/7", "",
                "javascript://t.me/agenda_fr/7", "");
        links.forEach((link, wanted) -> assertThat(network.reference(channel, URI.create(link))
                        .map(ref -> ref.details().get("chatId") + "/" + ref.remoteId())
                        .orElse(""))
                .as(link)
                .isEqualTo(wanted));
    }

    @Test
    void a_link_of_another_chat_is_not_that_of_the_channel() {
        Channel named = in("@agenda_fr");
        assertThat(network.own(named, URI.create("https://t.me/AGENDA_FR/7"))).isPresent();
        assertThat(network.own(named, URI.create("https://t.me/agenda_en/7"))).isEmpty();
        // A public chat has a number as well, which is not known here.
        assertThat(network.own(named, URI.create("https://t.me/c/1234567890/7")))
                .isPresent();
        assertThat(network.own(named, URI.create("https://mastodon.example/@agenda_fr/7")))
                .isEmpty();
        assertThat(network.ownLike(named)).isEqualTo("https://t.me/agenda_fr/12");
        Channel numbered = in("-1001234567890");
        assertThat(network.own(numbered, URI.create("https://t.me/c/1234567890/7")))
                .isPresent();
        assertThat(network.own(numbered, URI.create("https://t.me/c/9/7"))).isEmpty();
        assertThat(network.ownLike(numbered)).isEqualTo("https://t.me/c/1234567890/12");
    }

    private Channel in(String chat) {
        Map<String, String> settings = new HashMap<>(channel.settings());
        settings.put("chatId", chat);
        return new Channel(
                channel.id(),
                channel.branch(),
                channel.name(),
                channel.network(),
                settings,
                channel.secrets(),
                channel.createdAt());
    }

    @Test
    void a_parent_that_is_gone_is_a_refusal() {
        Receipt gone = new Receipt("42", null, clock.instant(), Map.of());
        assertThat(network.publish(channel, intent(segment("x"), gone, List.of())))
                .isInstanceOf(PublishResult.Refused.class);
        Receipt odd = new Receipt("../42", null, clock.instant(), Map.of());
        assertThat(network.render(channel, segment("x"), network.newKey(), odd, List.of()))
                .isInstanceOf(RenderResult.NotRendered.class);
    }

    @Test
    void a_group_that_moved_names_its_new_number() {
        fake.migrate(FakeTelegram.CHAT, -100999);
        assertThat(network.publish(channel, intent("x")))
                .isInstanceOfSatisfying(PublishResult.Unauthorized.class, refused -> {
                    assertThat(refused.reason().message().code()).isEqualTo("telegram.chat.migrated");
                    assertThat(refused.reason().message().args()).containsEntry("chat", "-100999");
                });
    }

    @Test
    void an_answer_from_another_chat_is_unknown() {
        server.nextCreates(Behaviour.answer(
                200, "{\"ok\":true,\"result\":{\"message_id\":5,\"date\":1,\"chat\":{\"id\":-100777}}}"));
        assertThat(network.publish(channel, intent("x")))
                .isInstanceOfSatisfying(
                        PublishResult.Unknown.class,
                        unknown -> assertThat(unknown.reason().message().code()).isEqualTo("telegram.chat.mismatch"));
    }

    @Test
    void whether_a_message_is_out_cannot_be_told() {
        assertThat(network.find(channel, intent("x"))).isInstanceOf(FindResult.Inconclusive.class);
    }

    @Test
    void a_message_of_three_days_ago_is_not_deleted() {
        Receipt receipt = published(intent("x"));
        clock.move(Duration.ofDays(3));
        assertThat(network.delete(channel, receipt)).isInstanceOf(DeleteResult.Refused.class);
    }

    @Test
    void a_check_says_what_a_person_must_do() {
        assertThat(health(channel)).isEqualTo("OK");
        assertThat(health(setting(channel, "chatId", FakeTelegram.NAME))).isEqualTo("OK");
        assertThat(health(setting(channel, "chatId", "@another"))).isEqualTo("UNAUTHORIZED telegram.chat.unknown");
        assertThat(health(setting(channel, "chatId", "agenda"))).isEqualTo("UNAUTHORIZED telegram.chat.malformed");
        assertThat(health(setting(channel, "baseUrl", "https://x/y")))
                .isEqualTo("UNAUTHORIZED network.address.malformed");
        fake.role("administrator", false);
        assertThat(health(channel)).isEqualTo("UNAUTHORIZED telegram.bot.may-not-post");
        assertThat(network.publish(channel, intent("x")))
                .as("nothing is wrong with the text")
                .isInstanceOf(PublishResult.Unauthorized.class);
        fake.role("member", true);
        assertThat(health(channel)).isEqualTo("UNAUTHORIZED telegram.bot.may-not-post");
        fake.role("kicked", false);
        assertThat(network.publish(channel, intent("x"))).isInstanceOf(PublishResult.Unauthorized.class);
    }

    private String health(Channel asked) {
        ChannelHealth health = network.check(asked);
        return health.reason() == null
                ? health.status().name()
                : health.status() + " " + health.reason().message().code();
    }

    private EditResult edit(Receipt receipt, String text, List<Rewording.Picture> pictures) {
        Editing editing = network.editing(channel).orElseThrow();
        RenderResult rendered = editing.render(channel, new Rewording(receipt, text, "fr", null, null, pictures));
        return editing.edit(channel, receipt, ((RenderResult.Rendered) rendered).body());
    }

    @Test
    void an_edit_marks_links_and_hashtags_as_a_message_does() throws Exception {
        Receipt receipt = published(intent("👍 (https://exemple.fr/a) #Ete"));
        edit(receipt, "👍 *a* <b> (https://exemple.fr/a_b) #Été_2026.", List.of());
        JsonNode body = JSON.readTree(server.edits().getLast().body());
        assertThat(server.edits().getLast().path()).endsWith("/editMessageText");
        assertThat(body.path("chat_id").asText()).isEqualTo("" + FakeTelegram.CHAT);
        assertThat(body.path("entities").toString())
                .isEqualTo(
                        "[{\"type\":\"url\",\"offset\":12,\"length\":22},{\"type\":\"hashtag\",\"offset\":36,\"length\":9}]");
        assertThat(body.path("link_preview_options").path("url").asText()).isEqualTo("https://exemple.fr/a_b");
    }

    @Test
    void an_edit_of_pictures_changes_the_caption_of_the_first() throws Exception {
        Receipt receipt =
                published(intent(segment("avant", List.of(image("a"), image("b")), null, null), null, List.of("", "")));
        List<Rewording.Picture> pictures = List.of(new Rewording.Picture("", "a"), new Rewording.Picture("", "b"));
        assertThat(edit(receipt, "après 👍 #Ville", pictures)).isEqualTo(new EditResult.Edited(receipt));
        JsonNode body = JSON.readTree(server.edits().getLast().body());
        assertThat(server.edits().getLast().path()).endsWith("/editMessageCaption");
        assertThat(body.path("message_id").asText()).isEqualTo(receipt.remoteId());
        assertThat(body.path("caption_entities").toString())
                .isEqualTo("[{\"type\":\"hashtag\",\"offset\":9,\"length\":6}]");
    }

    @Test
    void a_message_that_cannot_be_edited_is_refused_and_one_that_says_it_already_is_edited() {
        Receipt receipt = published(intent("Rendez-vous à 18 h"));
        assertThat(edit(receipt, "Rendez-vous à 18 h", List.of())).isEqualTo(new EditResult.Edited(receipt));
        fake.uneditable();
        assertThat(edit(receipt, "Rendez-vous à 19 h", List.of()))
                .isInstanceOfSatisfying(
                        EditResult.Refused.class,
                        refused -> assertThat(refused.reason().message().code()).isEqualTo("telegram.edit.refused"));
    }
}
