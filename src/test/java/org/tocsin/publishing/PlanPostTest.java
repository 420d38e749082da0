package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.Ledger;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Networks;
import org.tocsin.network.Reason;
import org.tocsin.network.RemoteRef;
import org.tocsin.network.TestClock;
import org.tocsin.network.reference.CardNetwork;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlApprovals;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlCampaigns;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlDeliveries;
import org.tocsin.sql.SqlFreezes;
import org.tocsin.sql.SqlMedia;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlPosts;
import org.tocsin.sql.SqlSlots;
import org.tocsin.sql.SqlStore;

/** What an author is told before a post is accepted, and that accepting is all or nothing. */
class PlanPostTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final String MENTION = "0190a5d0-0000-7000-8000-000000000001";
    private static final Actor SOMEONE = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(START);
    private final SqlChannels channels = new SqlChannels(Opened.BOX);
    private final Networks networks = new Networks(List.of(new CardNetwork(100)));
    private final SqlFreezes freezes = new SqlFreezes();
    private final List<String> read = new ArrayList<>();
    private final Map<String, HeardPosts.Heard> heard = new HashMap<>();

    private SqlStore store;
    private PlanPost planner;
    private SubmitPost submit;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        planner = new PlanPost(
                store,
                new SqlDeliveries(),
                channels,
                new SqlCampaigns(),
                freezes,
                new NextSlot(new SqlSlots(), new SqlFreezes(), PARIS),
                new SqlMedia(),
                networks,
                new Answering(channels, networks, (tx, branch, id) -> Optional.ofNullable(heard.get(id))),
                new Composer(networks),
                this::card,
                new PublishingSettings("fr", PARIS, Duration.ZERO, true),
                clock);
        submit = new SubmitPost(
                store,
                new SqlPosts(),
                new SqlDeliveries(),
                channels,
                new SqlApprovals(),
                new NextSlot(new SqlSlots(), new SqlFreezes(), PARIS),
                networks,
                new SqlNotices(new Ids(clock), clock, new Wakeup(), false),
                new SqlAudit(clock),
                new Ids(clock),
                clock,
                new Wakeup(),
                3);
        for (String id : List.of("one", "two")) {
            store.write(Urgency.REQUEST, tx -> {
                channels.insert(
                        tx, new Channel(id, BranchId.MAIN, id, CardNetwork.ID, Map.of(), Map.of(), START), true);
                return id;
            });
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Optional<LinkCard> card(URI link) {
        read.add(link.toString());
        return Optional.of(new LinkCard(link.toString(), "Titre", "", null));
    }

    private static PostRequest request(String text, List<String> channels, Map<String, PostVariant> variants) {
        return new PostRequest(
                text, null, channels, null, null, 0, false, false, variants, List.of(), null, null, null, null);
    }

    private void planned(String text) {
        submit.accept(
                SOMEONE,
                planner.plan(SOMEONE, request(text, List.of("one"), Map.of()).at("2027-03-01T10:00")));
    }

    @Test
    void no_more_posts_are_planned_at_once_than_the_branch_may() {
        planned("eins");
        planned("zwei");
        planned("drei");
        assertThatThrownBy(() -> planned("vier")).isInstanceOfSatisfying(FaultException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(FaultException.Kind.TOO_MANY);
            assertThat(fault.faults().getFirst().pointer()).isEqualTo("/at");
            assertThat(new Messages().text(fault.faults().getFirst().message(), Locale.FRENCH))
                    .contains("3 messages", "TOCSIN_POST_PLANNED");
        });
        submit.accept(SOMEONE, planner.plan(SOMEONE, request("sofort", List.of("two"), Map.of())));
        Actor elsewhere = new Actor("e", new BranchId("other"), Set.of(Scope.POST));
        assertThat((long) store.read(tx -> new SqlDeliveries().planned(tx, elsewhere.branch())))
                .as("another branch has its own")
                .isZero();
    }

    private List<String> warnings(PostRequest request) {
        return planner.plan(SOMEONE, request).warnings().stream()
                .map(Message::code)
                .toList();
    }

    @Test
    void an_equal_text_within_a_day_is_told_and_after_it_is_not() {
        PostRequest request = request("encore", List.of("one"), Map.of());
        assertThat(warnings(request)).isEmpty();
        submit.accept(SOMEONE, planner.plan(SOMEONE, request));
        assertThat(warnings(request)).containsExactly("publishing.warning.equal");
        clock.move(Duration.ofHours(25));
        assertThat(warnings(request)).isEmpty();
    }

    @Test
    void an_equal_text_that_is_planned_for_another_day_is_nobodys_concern_today() {
        PostRequest later = new PostRequest(
                "bientôt",
                null,
                List.of("one"),
                "2027-02-03T10:00",
                null,
                0,
                false,
                false,
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null);
        submit.accept(SOMEONE, planner.plan(SOMEONE, later));
        assertThat(warnings(request("bientôt", List.of("one"), Map.of()))).isEmpty();
        assertThat(warnings(later)).containsExactly("publishing.warning.equal");
    }

    @Test
    void equal_texts_on_two_accounts_are_told_where_the_network_forbids_them() {
        assertThat(warnings(request("pareil", List.of("one", "two"), Map.of())))
                .containsExactly("publishing.warning.two-accounts", "publishing.warning.two-accounts");
        assertThat(warnings(request(
                        "pareil", List.of("one", "two"), Map.of("two", new PostVariant("autrement", null, null)))))
                .isEmpty();
    }

    @Test
    void what_falls_into_a_freeze_is_told_when_it_is_planned() {
        store.write(Urgency.REQUEST, tx -> {
            freezes.insert(
                    tx,
                    new Freeze(
                            "f",
                            BranchId.MAIN,
                            START.plus(Duration.ofDays(1)),
                            START.plus(Duration.ofDays(2)),
                            "Europe/Paris",
                            Set.of("one"),
                            "silence",
                            new UserId("someone"),
                            null,
                            null,
                            1));
            return "f";
        });
        assertThat(warnings(at("2026-12-02T12:00:00"))).containsExactly("publishing.warning.frozen");
        assertThat(warnings(at("2026-12-03T12:00:00"))).as("after its end").isEmpty();
        assertThat(warnings(at(null))).as("before it begins").isEmpty();
        assertThat(warnings(at("2026-12-02T10:59:30")))
                .as("a single post is out by then")
                .isEmpty();
        PostRequest thread = new PostRequest(
                "un mot ".repeat(20),
                null,
                List.of("one"),
                "2026-12-02T10:59:30",
                null,
                0,
                true,
                false,
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null);
        assertThat(warnings(thread)).as("a thread is not").containsExactly("publishing.warning.frozen");
    }

    @Test
    void a_channel_that_cannot_publish_is_told_when_a_post_is_planned_for_it() {
        store.write(Urgency.REQUEST, tx -> {
            channels.saveHealth(
                    tx,
                    "one",
                    new ChannelHealth(
                            ChannelHealth.Status.UNAUTHORIZED, Reason.of("network.unauthorized"), null, START));
            return "one";
        });
        assertThat(warnings(request("bonjour", List.of("one"), Map.of())))
                .containsExactly("publishing.warning.channel");
    }

    private static PostRequest answer(String mention, @Nullable List<String> channels) {
        return new PostRequest(
                "oui", null, channels, null, null, 0, false, false, Map.of(), List.of(), mention, null, null, null);
    }

    private static HeardPosts.Heard heardOn(String network, @Nullable String url) {
        return new HeardPosts.Heard(network, "n1", url, "two", true, List.of());
    }

    @Test
    void what_was_heard_is_answered_from_the_channel_that_heard_it_and_looked_for_only_when_it_is_sent() {
        heard.put(MENTION, heardOn(CardNetwork.ID, "https://cards.example/p/1"));
        PostPlan plan = planner.plan(SOMEONE, answer(MENTION, null));
        assertThat(plan.request().replyTo()).isEqualTo("https://cards.example/p/1");
        assertThat(plan.composed())
                .singleElement()
                .satisfies(one -> assertThat(one.channel().id()).isEqualTo("two"))
                .satisfies(one -> assertThat(one.parts().getFirst().content().replyTo())
                        .isEqualTo(new RemoteRef("", "https://cards.example/p/1", Map.of())));
    }

    @Test
    void what_cannot_be_answered_says_why() {
        assertThat(refused(answer(MENTION, null))).contains("publishing.answer.gone");
        heard.put(MENTION, heardOn("hook", "https://ex.fr/"));
        assertThat(refused(answer(MENTION, null))).contains("publishing.answer.none");
        assertThat(refused(answer(MENTION, List.of("one")))).containsExactly("publishing.answer.none");
        heard.put(MENTION, heardOn(CardNetwork.ID, null));
        assertThat(refused(answer(MENTION, List.of("one")))).containsExactly("publishing.answer.address");
    }

    private List<String> refused(PostRequest request) {
        return assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> planner.plan(SOMEONE, request))
                .actual()
                .faults()
                .stream()
                .filter(fault -> "/replyTo".equals(fault.pointer()))
                .map(fault -> fault.message().code())
                .toList();
    }

    private static PostRequest at(@Nullable String time) {
        return new PostRequest(
                "bientôt",
                null,
                List.of("one", "two"),
                time,
                null,
                0,
                false,
                false,
                Map.of("two", new PostVariant("autrement", null, null)),
                List.of(),
                null,
                null,
                null,
                null);
    }

    @Test
    void a_page_is_read_once_for_all_channels_that_link_to_it() {
        planner.plan(SOMEONE, request("voir https://exemple.fr/a", List.of("one", "two"), Map.of()));
        assertThat(read).containsExactly("https://exemple.fr/a");
    }

    @Test
    void a_request_that_is_refused_within_the_transaction_leaves_no_post() {
        PostPlan plan = planner.plan(SOMEONE, request("pas deux fois", List.of("one"), Map.of()));
        SubmitPost.Within<SubmitPost.Accepted> refusing = new SubmitPost.Within<>() {
            @Override
            public SubmitPost.Accepted after(Tx tx, SubmitPost.Accepted accepted) {
                throw FaultException.conflict(Message.of("web.key.in-flight"));
            }
        };
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> submit.accept(SOMEONE, plan, refusing));
        List<Post> posts = store.read(tx -> new SqlPosts().page(tx, BranchId.MAIN, "", 10));
        assertThat(posts).isEmpty();
        Ledger ledger = store.read(tx -> new SqlDeliveries().ledger(tx, BranchId.MAIN));
        assertThat(ledger.requested()).isZero();
    }
}
