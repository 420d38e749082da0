package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tocsin.network.NetworkBinding.Ability;

/** The group of {@link NetworkContract} about what is out and gets other words. */
public abstract class NetworkEditingContract extends NetworkSendingContract {
    private static final String WRONG = "Rendez-vous à 18 h";
    private static final String RIGHT =
            "« Rendez-vous » à 19 h\u202F!\n\n👨\u200D👩\u200D👧 https://example.org/a?b=c #Ville";

    /** Other words for what is out. */
    @Nested
    class Edit {
        private Editing editing() {
            needs(Ability.EDIT);
            return network.editing(channel).orElseThrow();
        }

        private String body(Receipt receipt, String text, Rewording.Picture... pictures) {
            RenderResult result =
                    editing().render(channel, new Rewording(receipt, text, "fr", null, null, List.of(pictures)));
            assertThat(result).isInstanceOf(RenderResult.Rendered.class);
            assertThat(((RenderResult.Rendered) result).text()).isEqualTo(text);
            return ((RenderResult.Rendered) result).body();
        }

        private EditResult edit(Receipt receipt, String body) {
            return editing().edit(channel, receipt, body);
        }

        @Test
        void a_network_says_whether_it_edits() {
            assertThat(network.editing(channel).isPresent())
                    .isNotEqualTo(binding.lacks().containsKey(Ability.EDIT));
            assertThat(server.connections()).isZero();
        }

        @Test
        void one_request_gives_the_post_other_words_and_leaves_the_rest() {
            Receipt first = published(intent(WRONG));
            Segment second = new Segment(1, 2, "suite", List.of(), "fr", null, null, null, null);
            Receipt last = published(intent(second, first, List.of()));
            int creates = server.creates().size();
            assertThat(edit(first, body(first, RIGHT))).isEqualTo(new EditResult.Edited(first));
            assertThat(server.edits()).hasSize(1);
            assertThat(server.creates()).hasSize(creates);
            assertThat(server.effects()).extracting(Effect::text).containsExactly(RIGHT, "suite");
            assertThat(server.effects())
                    .extracting(Effect::remoteId)
                    .containsExactly(first.remoteId(), last.remoteId());
        }

        @Test
        void images_and_their_alt_texts_stay() throws IOException {
            needs(Ability.IMAGES);
            SegmentImage one = image("Une place pleine de monde");
            SegmentImage two = image("Une affiche");
            List<String> uploads = List.of(uploaded(one), uploaded(two));
            Receipt receipt = published(
                    intent(new Segment(0, 1, WRONG, List.of(one, two), "fr", null, null, null, null), null, uploads));
            List<String> alts = server.effects().getFirst().alts();
            String body = body(
                    receipt,
                    RIGHT,
                    new Rewording.Picture(uploads.getFirst(), one.alt()),
                    new Rewording.Picture(uploads.getLast(), two.alt()));
            assertThat(edit(receipt, body)).isInstanceOf(EditResult.Edited.class);
            assertThat(server.effects()).singleElement().satisfies(effect -> {
                assertThat(effect.text()).isEqualTo(RIGHT);
                assertThat(effect.alts()).isEqualTo(alts);
            });
        }

        @Test
        void a_lost_answer_is_asked_again_with_the_same_body_by_another_instance_without_harm() {
            Receipt receipt = published(intent(WRONG));
            String body = body(receipt, RIGHT);
            server.nextEdits(Behaviour.dropAfterEffect());
            assertThat(edit(receipt, body)).isInstanceOf(EditResult.Later.class);
            assertThat(server.edits()).hasSize(1);
            network = binding.open(http, clock);
            assertThat(edit(receipt, body)).isInstanceOf(EditResult.Edited.class);
            assertThat(server.effects()).extracting(Effect::text).containsExactly(RIGHT);
            assertThat(server.edits().getLast().bytes())
                    .isEqualTo(server.edits().getFirst().bytes());
        }

        @Test
        void what_was_taken_back_is_gone() {
            Receipt receipt = published(intent(WRONG));
            String body = body(receipt, RIGHT);
            assertThat(network.delete(channel, receipt)).isEqualTo(new DeleteResult.Gone());
            assertThat(edit(receipt, body)).isEqualTo(new EditResult.Gone());
            assertThat(server.effects()).isEmpty();
        }

        @TestFactory
        Stream<DynamicTest> each_status_has_its_outcome() {
            Map<Integer, Class<?>> outcomes = Map.of(
                    400, EditResult.Refused.class,
                    401, EditResult.Unauthorized.class,
                    408, EditResult.Later.class,
                    422, EditResult.Refused.class,
                    500, EditResult.Later.class,
                    502, EditResult.Later.class,
                    503, EditResult.Later.class,
                    504, EditResult.Later.class);
            return IntStream.of(400, 401, 408, 422, 500, 502, 503, 504)
                    .mapToObj(status -> DynamicTest.dynamicTest("" + status, () -> {
                        Receipt receipt = published(intent("Status " + status));
                        server.nextEdits(binding.refusal(status, "because"));
                        assertThat(edit(receipt, body(receipt, RIGHT))).isInstanceOf(outcomes.get(status));
                        assertThat(server.effects()).extracting(Effect::text).doesNotContain(RIGHT);
                    }));
        }

        @Test
        void a_request_to_wait_is_obeyed_in_each_of_its_forms() {
            needs(Ability.EDIT);
            Receipt receipt = published(intent(WRONG));
            for (NetworkBinding.Throttle throttle : binding.throttles(clock.instant())) {
                server.nextEdits(throttle.answer());
                Instant until =
                        throttle.delay() == null ? null : clock.instant().plus(throttle.delay());
                assertThat(edit(receipt, body(receipt, RIGHT)))
                        .isInstanceOfSatisfying(
                                EditResult.Later.class,
                                later -> assertThat(later.until())
                                        .as(throttle.name())
                                        .isEqualTo(until));
            }
        }

        @Test
        void whatever_is_no_clear_answer_is_asked_again_later() throws Exception {
            needs(Ability.EDIT);
            Receipt receipt = published(intent(WRONG));
            String body = body(receipt, RIGHT);
            List<Behaviour> odd = List.of(
                    Behaviour.drop(),
                    new Behaviour.Half(true),
                    Behaviour.html(200),
                    Behaviour.answer(200, ""),
                    Behaviour.answer(200, "{\"id\":\"12"));
            for (Behaviour behaviour : odd) {
                server.nextEdits(behaviour);
                assertThat(edit(receipt, body)).as(behaviour.toString()).isInstanceOf(EditResult.Later.class);
            }
            assertThat(server.edits()).hasSize(odd.size());
            server.close();
            assertThat(edit(receipt, body)).isInstanceOf(EditResult.Later.class);
        }

        @Test
        void one_more_than_the_limit_is_refused_without_a_request() {
            needs(Ability.EDIT);
            Receipt receipt = published(intent(WRONG));
            String full = "a".repeat(network.limits(channel).maxText());
            body(receipt, full);
            assertThat(editing().render(channel, new Rewording(receipt, full + "a", "fr", null, null, List.of())))
                    .isInstanceOf(RenderResult.NotRendered.class);
            assertThat(server.edits()).isEmpty();
        }

        @Test
        void no_secret_is_in_what_is_told() {
            needs(Ability.EDIT);
            Receipt receipt = published(intent(WRONG));
            String body = body(receipt, RIGHT);
            List<String> told = new ArrayList<>(List.of(body));
            for (int status : new int[] {400, 401, 403, 422, 429, 500}) {
                server.nextEdits(binding.refusal(status, "you sent " + String.join(" ", secrets())));
                told.add(edit(receipt, body).toString());
            }
            assertThat(told).allSatisfy(text -> assertThat(secrets()).noneMatch(text::contains));
        }
    }
}
