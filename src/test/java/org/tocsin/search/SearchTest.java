package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.LogIndex;
import org.tocsin.watch.keeping.Trial;
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
    void what_is_taken_away_is_written_down_with_its_words_and_its_rows() {
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
        assertThat(row.detail()).contains("query=piscine", "rows=2");
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
}
