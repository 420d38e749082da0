package org.tocsin.mention.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository.Added;
import org.tocsin.mention.Source;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlStore;

/** What has gone leaves no name behind by which it can be looked up, and does not come back. */
class RespectedMentionsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String ROSE = "https://social.example/@rose";
    private static final String POST = "https://social.example/@rose/1";

    @TempDir
    private Path folder;

    private SqlStore store;
    private SqlMentions log;
    private RespectedMentions mentions;

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        log = new SqlMentions(new Ids(Clock.systemUTC()));
        mentions = new RespectedMentions(log, new SqlErasures(), Opened.BOX::hash);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Source source() {
        return HeardSamples.feed("s", "s", "https://ex.fr/s", NOW);
    }

    private static HeardItem item(String id) {
        return HeardSamples.post(
                id, new Author("Rose", "rose", ROSE), "mots", "fr", null, null, List.of(), List.of(), Counts.unknown());
    }

    private <T> T write(Function<Tx, T> work) {
        return store.write(Urgency.BULK, work);
    }

    private int did(Function<Tx, Integer> work) {
        return write(work);
    }

    private Added heard(String... ids) {
        return write(tx -> mentions.add(
                tx,
                source(),
                Arrays.stream(ids).map(RespectedMentionsTest::item).toList(),
                NOW,
                false));
    }

    private List<String> names() {
        return store.read(tx -> mentions.after(tx, 0, 100)).stream()
                .map(Mention::heard)
                .map(HeardItem::nativeId)
                .toList();
    }

    private void isGone() {
        assertThat(names())
                .hasSize(2)
                .filteredOn(name -> !name.equals("2"))
                .singleElement()
                .asString()
                .startsWith("erased:");
        assertThat(heard(POST, "2")).as("shown again").isEqualTo(new Added(0, 0, 2));
        Set<String> known = store.read(tx -> mentions.known(tx, "s", List.of(POST, "3")));
        assertThat(known).containsExactly(POST);
        assertThat(names()).hasSize(2);
    }

    @Test
    void what_its_source_has_taken_back() {
        heard(POST, "2");
        assertThat(did(tx -> mentions.delete(tx, source(), List.of(POST), NOW))).isEqualTo(1);
        isGone();
        assertThat(did(tx -> mentions.delete(tx, source(), List.of(POST), NOW)))
                .as("told of twice")
                .isZero();
    }

    @Test
    void what_is_older_than_is_kept() {
        write(tx -> mentions.add(tx, source(), List.of(item(POST)), NOW.minusSeconds(100), false));
        heard("2");
        assertThat(did(tx -> mentions.expire(tx, NOW, NOW, 10))).isEqualTo(1);
        isGone();
    }

    @Test
    void all_of_an_author_who_has_left() {
        heard(POST);
        assertThat(did(tx -> mentions.deleteOf(tx, BranchId.MAIN, List.of(ROSE), NOW, 10)))
                .isEqualTo(1);
        heard("2");
        isGone();
    }

    @Test
    void what_an_older_version_has_emptied_loses_its_name_with_the_next_that_expires() {
        heard(POST, "2");
        write(tx -> log.delete(tx, source(), List.of(POST), NOW));
        assertThat(names()).contains(POST);
        assertThat(did(tx -> mentions.expire(tx, NOW.minusSeconds(1), NOW, 10))).isEqualTo(1);
        assertThat(did(tx -> mentions.expire(tx, NOW.minusSeconds(1), NOW, 10))).isZero();
        isGone();
    }
}
