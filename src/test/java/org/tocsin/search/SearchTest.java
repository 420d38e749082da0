package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.LongWork;
import org.tocsin.base.Message;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.Gap;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.SetAside;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.sql.Opened;
import org.tocsin.watch.Need;
import org.tocsin.watch.WordList;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.LogIndex;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.Watches;

/** What is found, in what order, how it is counted and narrowed, and what each watch has matched. */
class SearchTest {
    @TempDir
    private Path folder;

    private Library library;

    @BeforeEach
    void open() {
        library = new Library(folder);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static HeardItem dated(String id, String text, String language, String at) {
        return Library.post(id, text, language, Instant.parse(at));
    }

    private Search.Page page(Wanted wanted, String next, int limit) {
        return library.search.page(Library.ACTOR, wanted, next, limit);
    }

    private static List<String> ids(Search.Page page) {
        return page.items().stream()
                .map(one -> one.mention().heard().nativeId())
                .toList();
    }

    @Test
    void everything_is_counted_by_what_it_can_be_narrowed_to() {
        String watch = library.watch("piscine");
        library.say(
                dated("1", "la piscine ferme", "fr", "2026-11-24T10:00:00Z"),
                dated("2", "the piscine closes", "en", "2026-11-25T10:00:00Z"));
        library.say(Library.TOWN, dated("3", "le budget", "fr", "2026-11-25T11:00:00Z"));
        library.settle();
        Search.Page all = page(Wanted.of(""), "", 10);
        assertThat(ids(all)).containsExactly("3", "2", "1");
        assertThat(all.total()).isEqualTo(3);
        assertThat(all.atLeast()).isFalse();
        assertThat(all.facets().networks()).isEqualTo(Map.of("mastodon", 2, "rss", 1));
        assertThat(all.facets().sources()).isEqualTo(Map.of("s1", 2, "s2", 1));
        assertThat(all.facets().languages()).isEqualTo(Map.of("fr", 2, "en", 1));
        assertThat(all.facets().watches()).isEqualTo(Map.of(watch, 2));
        assertThat(all.facets().days()).isEqualTo(Map.of(LocalDate.of(2026, 11, 25), 2, LocalDate.of(2026, 11, 24), 1));
        assertThat(library.found(new Wanted("", null, null, null, null, null, null, watch, null, Wanted.Order.NEWEST)))
                .containsExactly("2", "1");
        assertThat(library.found(new Wanted("", null, null, "rss", null, null, null, null, null, Wanted.Order.NEWEST)))
                .containsExactly("3");
        assertThat(library.found(
                        new Wanted("piscine", null, null, null, "s1", "en", null, null, null, Wanted.Order.NEWEST)))
                .containsExactly("2");
        assertThat(library.found(new Wanted(
                        "",
                        Instant.parse("2026-11-24T10:00:00Z"),
                        Instant.parse("2026-11-25T10:00:00Z"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        ItemKind.POST,
                        Wanted.Order.NEWEST)))
                .containsExactly("1");
    }

    @Test
    void words_that_only_exclude_are_searched_within_bounds_and_refused_without() {
        library.say(Library.post("1", "la piscine"), Library.post("2", "le budget"));
        library.settle();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> page(Wanted.of("NOT piscine"), "", 5))
                .satisfies(e -> assertThat(e.faults().getFirst().pointer()).isEqualTo("/q"));
        assertThat(library.found(
                        new Wanted("NOT piscine", null, null, null, "s1", null, null, null, null, Wanted.Order.NEWEST)))
                .containsExactly("2");
    }

    @Test
    void a_trial_that_is_stopped_says_what_it_had_found_and_what_it_did_not_cover() {
        library.say(IntStream.range(0, 1_200)
                .mapToObj(n -> Library.post("p" + n, "la piscine " + n))
                .toArray(HeardItem[]::new));
        List<LongWork.Seen> seen = new ArrayList<>();
        LogIndex stopping = new LogIndex() {
            @Override
            public Optional<Indexed> candidates(BranchId branch, Need need, Instant from, Instant to, int max) {
                seen.addAll(library.work.all(BranchId.MAIN));
                library.work.turn(seen.getFirst().id(), true);
                return Optional.empty();
            }

            @Override
            public OptionalDouble share(String word) {
                return OptionalDouble.empty();
            }
        };
        Instant now = library.clock.instant();
        Trial.Outcome stopped = library.trial(stopping).test(Library.ACTOR, "piscine", Library.START, now);
        assertThat(seen).hasSize(1).allSatisfy(one -> {
            assertThat(one.kind()).isEqualTo(LongWork.Kind.TRIAL);
            assertThat(one.what()).isEqualTo("piscine");
            assertThat(one.resumable()).isFalse();
        });
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.hits()).isZero();
        assertThat(stopped.coverage()).noneMatch(Trial.Covered::complete);
        assertThat(library.work.all(BranchId.MAIN)).isEmpty();
        Trial.Outcome whole = library.trial(LogIndex.none()).test(Library.ACTOR, "piscine", Library.START, now);
        assertThat(whole.stopped()).isFalse();
        assertThat(whole.hits()).isEqualTo(1_200);
        assertThat(whole.coverage()).allMatch(Trial.Covered::complete);
    }

    @Test
    void what_was_heard_of_a_source_that_is_removed_is_tried_as_it_is_searched() {
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        library.write(tx -> {
            Source press = library.sources.find(tx, "s1").orElseThrow();
            assertThat(library.sources.save(tx, press, press.in(SourceState.REMOVED, null, library.clock.instant())))
                    .isTrue();
        });
        String query = "piscine source:mastodon";
        assertThat(library.found(query)).containsExactly("1");
        assertThat(library.trial(LogIndex.none())
                        .test(Library.ACTOR, query, Library.START, library.clock.instant())
                        .hits())
                .isEqualTo(1);
    }

    @Test
    void a_trial_covers_neither_gaps_nor_the_time_in_which_a_source_is_held() {
        library.clock.move(Duration.ofHours(10));
        Instant now = library.clock.instant();
        Instant heard = Library.START.plus(Duration.ofHours(4));
        library.write(tx -> {
            library.sources.gap(tx, new Gap("s1", Library.START.plusSeconds(60), Library.START.plusSeconds(120)));
            Source town = library.sources.find(tx, "s2").orElseThrow();
            Source held = new Source(
                    town.id(),
                    town.branch(),
                    town.type(),
                    town.name(),
                    town.url(),
                    null,
                    null,
                    null,
                    SourceState.HELD,
                    null,
                    0,
                    null,
                    now,
                    heard,
                    null,
                    0,
                    Library.START,
                    town.version());
            assertThat(library.sources.save(tx, town, held)).isTrue();
        });
        List<Trial.Covered> covered = library.trial(LogIndex.none())
                .test(Library.ACTOR, "piscine", Library.START, now)
                .coverage();
        assertThat(covered).extracting(Trial.Covered::complete).containsExactly(false, false);
        assertThat(covered.getFirst().gaps()).hasSize(1);
        assertThat(covered.getFirst().to()).isEqualTo(now);
        assertThat(covered.getLast().to()).isEqualTo(heard);
        assertThat(library.trial(LogIndex.none())
                        .test(Library.ACTOR, "piscine", Library.START.plusSeconds(180), heard)
                        .coverage())
                .allMatch(Trial.Covered::complete);
    }

    @Test
    void the_building_of_the_index_shows_how_far_it_is_and_waits_where_it_is_stopped() {
        library.say(IntStream.range(0, 1_200)
                .mapToObj(n -> Library.post("p" + n, "la piscine " + n))
                .toArray(HeardItem[]::new));
        library.match();
        List<Indexing.Batch> first = library.indexing.claim(1);
        library.indexing.index(first.getFirst());
        library.indexing.release(first.getFirst());
        LongWork.Seen building = library.work.all(BranchId.MAIN).getFirst();
        assertThat(building.kind()).isEqualTo(LongWork.Kind.INDEX);
        assertThat(building.total()).isEqualTo(1_200);
        library.work.turn(building.id(), true);
        assertThat(library.indexing.claim(1)).isEmpty();
        assertThat(library.indexing.nextAt()).isEmpty();
        assertThat(library.work.all(BranchId.MAIN)).hasSize(1).allMatch(one -> one.stopped() && one.done() == 500);
        library.work.turn(building.id(), false);
        library.settle();
        assertThat(library.found("piscine")).hasSize(1_200);
        assertThat(library.work.all(BranchId.MAIN)).isEmpty();
    }

    @Test
    void one_that_cannot_be_read_is_passed_over_by_index_search_trial_and_past_alike() {
        HeardItem bad = HeardSamples.post(
                "2", Author.unknown(), "la piscine", null, "http://[", null, List.of(), List.of(), Counts.unknown());
        library.say(Library.post("1", "la piscine"), bad, Library.post("3", "la piscine, a" + "a".repeat(40_000)));
        library.settle();
        library.watch("piscine");
        library.settle();
        assertThat(library.found("piscine")).containsExactly("3", "1");
        assertThat(library.hits()).hasSize(2);
        assertThat(library.store.<List<SetAside>>read(tx -> library.sources.aside(tx, "s1", 9)))
                .extracting(SetAside::step)
                .containsExactly(SetAside.Step.INDEX, SetAside.Step.MATCH);
        assertThat(library.trial(LogIndex.none())
                        .test(Library.ACTOR, "piscine", Library.START, library.clock.instant())
                        .hits())
                .isEqualTo(2);
        String unread = library.log().stream()
                .filter(one -> one.heard().equals(bad))
                .findFirst()
                .orElseThrow()
                .id();
        Trial trial = library.trial(LogIndex.none());
        Watch watch = library.watches.all(Library.ACTOR).getFirst();
        assertThat(trial.told(Library.ACTOR, watch, unread))
                .extracting(Message::code)
                .contains("watching.told.aside");
        assertThatThrownBy(() -> trial.explain(Library.ACTOR, "piscine", unread))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        fault -> assertThat(fault.faults().getFirst().message().code())
                                .isEqualTo("watching.told.aside"));
        assertThat(trial.doubts(Library.ACTOR, "piscine", null)).isEmpty();
    }

    @Test
    void what_is_about_a_word_comes_before_what_names_it_in_passing() {
        library.say(
                Library.post("1", "piscine, piscine, piscine"),
                Library.post("2", "le conseil a parlé du budget, des écoles, du marché et aussi de la piscine"));
        library.settle();
        assertThat(library.found("piscine")).containsExactly("2", "1");
        assertThat(library.found(
                        new Wanted("piscine", null, null, null, null, null, null, null, null, Wanted.Order.RELEVANCE)))
                .containsExactly("1", "2");
    }

    @Test
    void long_lists_are_searched_in_both_orders(@TempDir Path other) {
        List<String> streets = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            streets.add("rue du vieux moulin%03d nord".formatted(i));
            places.add("place de l'aube%03d".formatted(i));
        }
        WordLists lists = name -> switch (name) {
            case "rues" -> new WordList(name, 1, streets);
            case "places" -> new WordList(name, 1, places);
            default -> null;
        };
        try (Library many = new Library(other, "db", lists)) {
            many.say(
                    Library.post("1", "une fuite rue du vieux moulin007 nord ce matin"),
                    Library.post("2", "rue du vieux moulin, tout est calme"),
                    Library.post("3", "marché place de l'aube099"),
                    Library.post("4", "moulin007 du nord"));
            many.settle();
            for (Wanted.Order order : Wanted.Order.values()) {
                assertThat(many.found(new Wanted("{rues}", null, null, null, null, null, null, null, null, order)))
                        .as("streets, %s", order)
                        .containsExactly("1");
                assertThat(many.found(new Wanted(
                                "{rues} OR {places}", null, null, null, null, null, null, null, null, order)))
                        .as("both, %s", order)
                        .containsExactlyInAnyOrder("1", "3");
            }
        }
    }

    @Test
    void a_page_follows_on_the_one_before_while_new_ones_come_in() {
        for (Wanted.Order order : Wanted.Order.values()) {
            Wanted wanted = new Wanted("piscine", null, null, null, "s1", null, null, null, null, order);
            library.say(IntStream.range(0, 40)
                    .mapToObj(n -> Library.post(order + "a" + n, "la piscine " + "rit ".repeat(n % 5)))
                    .toArray(HeardItem[]::new));
            library.settle();
            List<String> before = library.found(wanted);
            List<String> paged = new ArrayList<>();
            String next = "";
            int round = 0;
            do {
                Search.Page page = page(wanted, next, 7);
                paged.addAll(ids(page));
                next = page.next();
                library.say(Library.post(order + "new" + round++, "piscine piscine piscine piscine"));
                library.settle();
            } while (next != null && round < 50);
            assertThat(paged).doesNotHaveDuplicates();
            assertThat(paged.stream().filter(before::contains)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void nothing_of_another_branch_is_found_counted_or_taken_away() {
        BranchId other = new BranchId("ailleurs");
        library.add(Library.source("s9", other, "rss"));
        library.say(Library.source("s9", other, "rss"), Library.post("9", "la piscine de l’autre"));
        library.say(Library.post("1", "la piscine"));
        library.settle();
        Search.Page page = page(Wanted.of("piscine"), "", 5);
        assertThat(ids(page)).containsExactly("1");
        assertThat(page.total()).isEqualTo(1);
        assertThat(page.facets().sources()).containsOnlyKeys("s1");
        List<Found> taken = new ArrayList<>();
        assertThat(library.search.export(Actor.daemon(other), Wanted.of("piscine"), taken::add))
                .isEqualTo(1);
        assertThat(taken.getFirst().mention().heard().nativeId()).isEqualTo("9");
    }

    @Test
    void what_is_taken_away_is_written_down_with_its_words_and_its_rows() throws NoSuchAlgorithmException {
        library.say(Library.post("1", "la piscine"), Library.post("2", "piscine"));
        library.settle();
        List<Found> taken = new ArrayList<>();
        assertThat(library.search.export(Library.ACTOR, Wanted.of("piscine"), taken::add))
                .isEqualTo(2);
        assertThat(taken).hasSize(2);
        AuditRow row = library.store
                .read(tx -> library.audit.page(tx, BranchId.MAIN, 0, 1))
                .getFirst();
        assertThat(row.action()).isEqualTo("mention.export");
        assertThat(row.detail()).contains("words=", "rows=2").doesNotContain("piscine");
        // Whoever reads the trail has no key, and cannot try words.
        byte[] plain = MessageDigest.getInstance("SHA-256").digest("piscine".getBytes(StandardCharsets.UTF_8));
        assertThat(row.detail()).doesNotContain(HexFormat.of().formatHex(plain, 0, 8));
        assertThat(row.detail())
                .contains("words="
                        + Opened.BOX.hash("words searched for: piscine").substring(0, 16));
        Wanted bound = new Wanted(
                "from:rose_martin42",
                library.clock.instant(),
                null,
                "feed",
                null,
                "fr",
                null,
                null,
                null,
                Wanted.Order.NEWEST);
        library.search.export(Library.ACTOR, bound, taken::add);
        String detail = library.store
                .read(tx -> library.audit.page(tx, BranchId.MAIN, 0, 1))
                .getFirst()
                .detail();
        assertThat(detail)
                .as("the trail is kept for good, and nobody is erased from it")
                .contains("network:feed", "language:fr", "from:" + library.clock.instant(), "rows=0")
                .doesNotContain("rose");
    }

    @Test
    void every_match_is_a_row_and_the_past_of_a_watch_is_history_that_rings_nothing() {
        library.say(Library.post("1", "la piscine ferme"), Library.post("2", "le budget"));
        library.settle();
        String watch = library.watch("piscine");
        library.say(Library.post("3", "la piscine rouvre"));
        library.settle();
        assertThat(library.hits())
                .extracting(WatchHit::history)
                .as("%s", library.hits())
                .containsExactlyInAnyOrder(true, false);
        List<Alert> rung = library.store.read(tx -> library.alerts.page(tx, BranchId.MAIN, false, "", 10));
        assertThat(rung).hasSize(1);
        assertThat(library.found(new Wanted("", null, null, null, null, null, null, watch, null, Wanted.Order.NEWEST)))
                .as("the index learns of the past as well")
                .containsExactlyInAnyOrder("3", "1");
    }

    @Test
    void other_words_of_a_watch_have_another_past() {
        library.say(Library.post("1", "la piscine ferme"), Library.post("2", "le budget"));
        String id = library.watch("piscine");
        library.settle();
        assertThat(library.hits()).hasSize(1);
        library.clock.move(Duration.ofSeconds(1));
        library.watches.save(Library.ACTOR, new Watches.Wanted(id, null, "budget", null, null, 1L));
        library.settle();
        assertThat(library.hits()).hasSize(1).allMatch(hit -> hit.watchVersion() == 2 && hit.history());
        library.watches.remove(Library.ACTOR, id, null);
        library.settle();
        assertThat(library.hits()).isEmpty();
    }

    @Test
    void a_trial_by_the_index_is_a_trial_by_the_log() {
        library.say(IntStream.range(0, 60)
                .mapToObj(n -> Library.post(
                        "p" + n, (n % 3 == 0 ? "la piscine pour travaux " : "le budget pour tous ") + "jour" + n))
                .toArray(HeardItem[]::new));
        library.settle();
        library.say(Library.post("p3", "le budget est édité"), Library.post("late", "la piscine enfin"));
        library.unsay("p6");
        Instant to = library.clock.instant();
        Instant from = to.minus(Duration.ofDays(1));
        Trial.Outcome byIndex = library.trial(new IndexedLog(library.index)).test(Library.ACTOR, "piscine", from, to);
        Trial.Outcome byLog = library.trial(LogIndex.none()).test(Library.ACTOR, "piscine", from, to);
        assertThat(byIndex.hits()).isEqualTo(19);
        assertThat(byIndex)
                .usingRecursiveComparison()
                .ignoringFields("read", "words", "samples")
                .isEqualTo(byLog);
        assertThat(byIndex.samples())
                .map(one -> one.mention().id())
                .containsExactlyInAnyOrderElementsOf(
                        byLog.samples().stream().map(one -> one.mention().id()).toList());
        assertThat(byLog.words()).containsKeys("travaux", "pour");
        assertThat(byIndex.words())
                .as("what is as common elsewhere is no noise")
                .containsEntry("travaux", 18)
                .doesNotContainKey("pour");
    }

    @Test
    void an_edit_moves_the_hits_and_a_deletion_takes_them() {
        library.watch("piscine");
        library.watch("budget");
        library.say(Library.post("1", "la piscine ferme"));
        library.settle();
        assertThat(library.hits()).hasSize(1);
        String first = library.hits().getFirst().watchId();
        library.say(Library.post("1", "le budget ferme"));
        library.settle();
        assertThat(library.hits()).hasSize(1).noneMatch(hit -> hit.watchId().equals(first));
        library.unsay("1");
        library.settle();
        assertThat(library.hits()).isEmpty();
    }

    @Test
    void alerts_per_week_are_the_stories_of_the_time_that_the_log_covers() {
        Instant to = Library.START.plus(Duration.ofDays(14));
        library.say(
                dated(
                        "1",
                        "la piscine de la rue du Port ferme pour travaux pendant trois semaines",
                        "fr",
                        "2026-11-24T10:00:00Z"),
                dated(
                        "2",
                        "la piscine de la rue du Port ferme pour travaux pendant trois semaines",
                        "fr",
                        "2026-11-24T11:00:00Z"),
                dated("3", "une piscine pour Lyon", "fr", "2026-11-25T10:00:00Z"),
                dated("4", "le budget", "fr", "2026-11-25T11:00:00Z"));
        Trial trial = library.trial(LogIndex.none());
        Trial.Outcome whole = trial.test(Library.ACTOR, "piscine", Library.START.minus(Duration.ofDays(300)), to);
        assertThat(whole.hits()).isEqualTo(3);
        assertThat(whole.alertsPerWeek())
                .as("two stories in the two weeks since it listens")
                .isEqualTo(1.0);
        assertThat(whole.isShort()).isFalse();
        Trial.Outcome hour = trial.test(
                Library.ACTOR,
                "piscine",
                Library.START.minus(Duration.ofDays(3)),
                Library.START.plus(Duration.ofHours(1)));
        assertThat(hour.isShort()).isTrue();
        assertThat(hour.hours()).isEqualTo(1);
        assertThat(trial.test(Library.ACTOR, "piscine", to.minus(Duration.ofDays(7)), to)
                        .alertsPerWeek())
                .isZero();
        assertThat(trial.test(
                                Library.ACTOR,
                                "piscine",
                                Library.START.minus(Duration.ofDays(3)),
                                Library.START.plus(Duration.ofHours(1)))
                        .alertsPerWeek())
                .as("less than a day says what a day would")
                .isEqualTo(14.0);
    }
}
