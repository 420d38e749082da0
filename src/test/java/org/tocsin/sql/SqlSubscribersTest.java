package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;

/** Lists of some of the subscribers: exactly those, page by page, without reading the others. */
class SqlSubscribersTest {
    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final List<State> STATES = List.of(State.values());
    private static final List<Reach> REACHES = List.of(Reach.values());
    private static final List<Set<String>> TOPICS =
            List.of(Set.of(), Set.of("streets"), Set.of("schools"), Set.of("streets", "schools"), Set.of("water"));

    private final SqlSubscribers rows = new SqlSubscribers(Opened.BOX);
    private final List<Subscriber> all = new ArrayList<>();
    private SqlStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        Random random = new Random(42);
        store.write(Urgency.REQUEST, tx -> {
            for (int i = 0; i < 300; i++) {
                Subscriber one = new Subscriber(
                        String.format("0000%08x", i * 7919 % 65_536),
                        new BranchId(i % 10 == 0 ? "nord" : "main"),
                        STATES.get(random.nextInt(STATES.size())),
                        REACHES.get(random.nextInt(REACHES.size())),
                        random.nextInt(4) == 0 ? "en" : "fr",
                        new Person("a" + i + "@example.org", null, null),
                        TOPICS.get(random.nextInt(TOPICS.size())),
                        random.nextInt(3) == 0 ? "tract" : random.nextInt(2) == 0 ? "fête" : null,
                        NOW,
                        null,
                        null,
                        NOW,
                        null,
                        1);
                rows.insert(tx, one);
                all.add(one);
            }
            return true;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    record Wanted(List<State> states, Segment segment) {
        boolean fits(Subscriber one) {
            return (states.isEmpty() || states.contains(one.state()))
                    && (segment.topics().isEmpty()
                            || one.topics().isEmpty()
                            || one.topics().stream().anyMatch(segment.topics()::contains))
                    && (segment.languages().isEmpty() || segment.languages().contains(one.language()))
                    && (segment.links().isEmpty() || segment.links().contains(String.valueOf(one.link())))
                    && (segment.reaches().isEmpty() || segment.reaches().contains(one.reach()));
        }
    }

    private static Wanted wanted(List<State> states, String topics, String language, String link) {
        return new Wanted(
                states,
                new Segment(
                        topics.isEmpty() ? Set.of() : Set.of(topics.split(",")),
                        language.isEmpty() ? Set.of() : Set.of(language),
                        link.isEmpty() ? Set.of() : Set.of(link),
                        Set.of()));
    }

    static Stream<Wanted> choices() {
        return Stream.of(
                wanted(List.of(), "", "", ""),
                wanted(List.of(State.LEFT), "", "", ""),
                wanted(List.of(), "streets", "", ""),
                wanted(List.of(), "", "en", ""),
                wanted(List.of(), "", "", "tract"),
                wanted(List.of(State.CONFIRMED), "", "en", ""),
                wanted(List.of(State.CONFIRMED), "streets", "fr", "tract"),
                wanted(List.of(), "streets", "", "tract"));
    }

    static Stream<Wanted> more() {
        return Stream.of(
                wanted(List.of(State.LEFT, State.CONFIRMED), "", "", ""),
                wanted(List.of(State.LEFT, State.CONFIRMED), "streets,schools", "en", ""),
                new Wanted(List.of(), new Segment(Set.of("water"), Set.of(), Set.of(), Set.of(Reach.MAIL))),
                wanted(List.of(), "nothing", "", "nowhere"));
    }

    static Stream<Wanted> each() {
        return Stream.concat(choices(), more());
    }

    @ParameterizedTest
    @MethodSource("each")
    void all_who_fit_and_nobody_else_come_once_the_newest_first(Wanted wanted) {
        List<String> found = new ArrayList<>();
        String after = "";
        while (true) {
            String from = after;
            List<String> page =
                    store.read(tx -> rows.page(tx, BranchId.MAIN, wanted.states(), wanted.segment(), from, 7)).stream()
                            .map(Subscriber::id)
                            .toList();
            found.addAll(page);
            if (page.size() < 7) {
                break;
            }
            after = page.getLast();
        }
        assertThat(found)
                .isEqualTo(all.stream()
                        .filter(one -> one.branch().equals(BranchId.MAIN))
                        .filter(wanted::fits)
                        .map(Subscriber::id)
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_page_is_read_in_the_order_of_an_index(Wanted wanted) {
        List<String> plan = store.read(tx -> {
            Query query = SqlTx.handle(tx)
                    .createQuery("explain query plan " + SqlSubscribers.page(wanted.states(), wanted.segment()))
                    .bind("branch", "main")
                    .bind("after", "~")
                    .bind("max", 50)
                    .bind("topic0", "streets");
            query.getConfig(org.jdbi.v3.core.statement.SqlStatements.class).setUnusedBindingAllowed(true);
            bind(query, "states", wanted.states().stream().map(State::name).toList());
            bind(query, "languages", List.copyOf(wanted.segment().languages()));
            bind(query, "links", List.copyOf(wanted.segment().links()));
            return query.map((row, context) -> row.getString("detail")).list();
        });
        assertThat(plan).isNotEmpty();
        assertThat(plan).as("the whole table").noneMatch(step -> step.matches("SCAN (s|t|subscriber.*)( .*)?"));
        if (wanted.segment().topics().isEmpty()) {
            assertThat(plan).noneMatch(step -> step.contains("TEMP B-TREE"));
        }
        assertThat(plan).anyMatch(step -> step.contains("id<?") || step.contains("subscriber_id<?"));
    }

    private static void bind(Query query, String name, List<String> values) {
        if (!values.isEmpty()) {
            query.bindList(name, values);
        }
    }

    @Test
    void who_was_brought_is_counted_by_an_index() {
        List<String> plan = store.read(tx -> SqlTx.handle(tx)
                .createQuery("explain query plan select count(*) from subscriber where branch = 'main' and link in"
                        + " ('tract', 'fête') and confirmed_at is not null")
                .map((row, context) -> row.getString("detail"))
                .list());
        assertThat(plan).allMatch(step -> step.contains("subscriber_link"));
    }
}
