package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository.Added;
import org.tocsin.mention.Source;

/** The log of mentions: each item once, in the order of its changes. */
class SqlMentionsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    private Path folder;

    private SqlStore store;
    private SqlMentions mentions;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        mentions = new SqlMentions(new Ids(Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Source source(String id) {
        return HeardSamples.feed(id, id, "https://ex.fr/" + id, NOW);
    }

    private static HeardItem item(String id, String text, Counts counts) {
        return HeardSamples.post(
                id, new Author("Rose", "rose", null), text, "fr", null, null, List.of("a"), List.of(), counts);
    }

    private Added add(String source, Instant at, HeardItem... items) {
        return store.write(Urgency.BULK, tx -> mentions.add(tx, source(source), List.of(items), at, false));
    }

    private List<Mention> after(long seq) {
        return store.read(tx -> mentions.after(tx, seq, 100));
    }

    @Test
    void an_item_is_there_once_for_its_source_and_every_change_takes_the_next_number() {
        assertThat(add("s", NOW, item("1", "un", Counts.unknown()), item("2", "deux", Counts.unknown())))
                .isEqualTo(new Added(2, 0, 0));
        assertThat(add("s", NOW, item("1", "un", Counts.unknown()))).isEqualTo(new Added(0, 0, 1));
        assertThat(add("t", NOW, item("1", "un", Counts.unknown()))).isEqualTo(new Added(1, 0, 0));
        assertThat(add("s", NOW, item("1", "un, corrigé", Counts.unknown()))).isEqualTo(new Added(0, 1, 0));
        assertThat(after(0)).extracting(one -> one.heard().text()).containsExactly("deux", "un", "un, corrigé");
        assertThat(after(0)).extracting(Mention::changeSeq).isSorted().doesNotHaveDuplicates();
        assertThat(after(0).getLast().revision()).isEqualTo(2);
    }

    /** As one who was not there when it was written. */
    private List<Mention> stored(long seq, int max) {
        return store.read(tx -> new SqlMentions(new Ids(Clock.systemUTC())).after(tx, seq, max));
    }

    @Test
    void what_was_just_written_is_read_as_it_is_stored() {
        Random random = new Random(5);
        Instant at = NOW.plusNanos(123_456_789);
        for (int n = 0; n < 300; n++) {
            String some = String.valueOf(random.nextInt(n + 1));
            switch (random.nextInt(6)) {
                case 0 -> add("s", at, item("1", "autre " + n, Counts.unknown()));
                case 1 -> store.write(Urgency.BULK, tx -> mentions.delete(tx, source("s"), List.of(some), NOW));
                case 2 -> add("s", at, item("h" + n, "un \ud800 seul", new Counts(1L, null, 0L, 7L)));
                default ->
                    add("s", at, item("" + n, "dit 😀 " + n, Counts.unknown()), item("t" + n, "tu", Counts.unknown()));
            }
            for (int look = 0; look < 3; look++) {
                long from = Math.max(0, store.read(mentions::newest) - random.nextInt(20));
                int max = 1 + random.nextInt(9);
                assertThat(store.<List<Mention>>read(tx -> mentions.after(tx, from, max)))
                        .isEqualTo(stored(from, max));
            }
        }
    }

    @Test
    void what_was_undone_is_not_read() {
        assertThatThrownBy(() -> store.write(Urgency.BULK, tx -> {
                    mentions.add(tx, source("s"), List.of(item("1", "un", Counts.unknown())), NOW, false);
                    throw new IllegalStateException("undone");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(after(0)).isEmpty();
        add("s", NOW, item("2", "deux", Counts.unknown()));
        assertThat(after(0)).extracting(one -> one.heard().text()).containsExactly("deux");
    }

    @Test
    void what_stands_twice_in_one_answer_is_one_item_with_its_last_words() {
        add("s", NOW, item("2", "deux", Counts.unknown()));
        assertThat(add(
                        "s",
                        NOW,
                        item("1", "un", Counts.unknown()),
                        item("3", "trois", Counts.unknown()),
                        item("1", "un", Counts.unknown()),
                        item("2", "deux, corrigé", Counts.unknown()),
                        item("1", "un, corrigé", Counts.unknown()),
                        item("4", "quatre", Counts.unknown()),
                        item("2", "deux, corrigé", Counts.unknown())))
                .isEqualTo(new Added(3, 2, 2));
        assertThat(after(0))
                .extracting(one -> one.heard().text())
                .containsExactly("trois", "deux, corrigé", "un, corrigé", "quatre");
        assertThat(after(0)).extracting(Mention::changeSeq).containsExactly(3L, 4L, 5L, 6L);
        assertThat(after(0)).extracting(Mention::revision).containsExactly(1L, 2L, 2L, 1L);
    }

    @Test
    void counts_are_kept_up_and_are_no_change_of_words() {
        add("s", NOW, item("1", "un", Counts.unknown()));
        long seen = after(0).getLast().changeSeq();
        add("s", NOW, item("1", "un", new Counts(7L, null, null, null)));
        assertThat(after(seen)).isEmpty();
        assertThat(after(0).getFirst().heard().counts().likes()).isEqualTo(7);
    }

    @Test
    void what_its_source_takes_back_loses_words_and_author_and_does_not_come_back_as_new() {
        add("s", NOW, item("1", "secret", Counts.unknown()));
        assertThat((int) store.write(Urgency.BULK, tx -> mentions.delete(tx, source("s"), List.of("1", "9"), NOW)))
                .isEqualTo(1);
        Mention gone = after(0).getFirst();
        assertThat(gone.deletedAt()).isEqualTo(NOW);
        assertThat(gone.heard().text()).isEmpty();
        assertThat(gone.heard().author()).isEqualTo(Author.unknown());
        assertThat(add("s", NOW, item("1", "secret", Counts.unknown()))).isEqualTo(new Added(0, 0, 1));
        assertThat(after(0).getFirst().heard().text()).isEmpty();
        List<Mention> shown = store.read(tx -> mentions.page(tx, BranchId.MAIN, null, "", 10));
        assertThat(shown).isEmpty();
    }

    @Test
    void a_reader_moves_on_from_where_it_was_and_from_nowhere_else() {
        assertThat((boolean) store.write(Urgency.BULK, tx -> mentions.advance(tx, "watch", 0, 5)))
                .isTrue();
        assertThat((boolean) store.write(Urgency.BULK, tx -> mentions.advance(tx, "watch", 0, 9)))
                .isFalse();
        assertThat((boolean) store.write(Urgency.BULK, tx -> mentions.advance(tx, "watch", 5, 9)))
                .isTrue();
        assertThat((long) store.read(tx -> mentions.seen(tx, "watch"))).isEqualTo(9);
        assertThat((long) store.read(tx -> mentions.seen(tx, "index"))).isZero();
    }

    @Test
    void what_is_older_than_is_kept_loses_its_words_and_does_not_come_back_as_new() {
        Instant old = NOW.minusSeconds(100);
        add("s", old, item("1", "vieux", Counts.unknown()), item("2", "vieux", Counts.unknown()));
        add("s", NOW, item("3", "neuf", Counts.unknown()));
        assertThat((int) store.write(Urgency.BULK, tx -> mentions.expire(tx, NOW, NOW, 1)))
                .isEqualTo(1);
        assertThat((int) store.write(Urgency.BULK, tx -> mentions.expire(tx, NOW, NOW, 5)))
                .isEqualTo(1);
        assertThat((int) store.write(Urgency.BULK, tx -> mentions.expire(tx, NOW, NOW, 5)))
                .isZero();
        assertThat(after(0)).extracting(one -> one.heard().text()).containsExactly("neuf", "", "");
        assertThat(add("s", NOW, item("1", "vieux", Counts.unknown()))).isEqualTo(new Added(0, 0, 1));
    }
}
