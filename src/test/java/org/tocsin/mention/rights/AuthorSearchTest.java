package org.tocsin.mention.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.Author;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.rights.ErasureRepository.Written;
import org.tocsin.mention.rights.ErasureRepository.WrittenBy;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlMentions;
import org.tocsin.sql.SqlStore;

/** What the indexes find of an author is all that a look at each mention finds, however it is written. */
class AuthorSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String SOURCE = "s";

    private static final List<String> HANDLES = List.of(
            "rose",
            "Rose",
            "@rose",
            "@@ROSE",
            " rose",
            "rose ",
            "@ rose",
            "ｒｏｓｅ",
            "\u212Aate",
            "kate",
            "élu",
            "ÉLU",
            "e\u0301lu",
            "rose@social.example",
            "Rose@Social.Example",
            "@rose@social.example",
            "rosette",
            "rose.example.org");

    private static final List<String> ADDRESSES = List.of(
            "https://social.example/@rose",
            "http://social.example/@rose",
            "HTTPS://Social.Example/@Rose",
            "https://www.social.example/@rose",
            "https://m.social.example/@rose/",
            "https://MOBILE.social.example/@rose//",
            "https://social.example/@rose?tab=1",
            "https://social.example/@rose/?tab=1",
            "https://social.example/@rose#a",
            "https://social.example/@rose/#a",
            "https://social.example:443/@rose",
            "http://social.example:80/@rose",
            "https://me@social.example/@rose",
            "https://social.example/%40rose",
            " https://social.example/@rose",
            "https://social.example/@rose ",
            "ftp://social.example/@rose",
            "https://social.example/@rosette",
            "https://social.example/@rose/with",
            "https://social.example",
            "https://social.example/",
            "https://bücher.example/@rose",
            "https://social.example/@élu",
            "https://social.example/@\u212Aate",
            "nothing",
            "https://",
            "http://a/",
            "urn:rose");

    private static final List<Subject> SUBJECTS = Stream.concat(
                    Stream.of("rose", "kate", "élu", "rose@social.example", "rosette", "rose.example.org")
                            .flatMap(handle -> Stream.of(
                                    Subject.of(handle, null, null), Subject.of("@" + handle, "mastodon", null))),
                    Stream.of(
                            Subject.of("https://social.example/@rose", null, null),
                            Subject.of("http://www.Social.example/@Rose/", null, null),
                            Subject.of("https://social.example/@élu", null, null),
                            Subject.of("https://social.example/@kate", null, null),
                            Subject.of("https://social.example", null, null),
                            Subject.of("https://a/", null, null),
                            Subject.of("Rose  Durand", null, SOURCE),
                            Subject.of("rose durand", null, "another")))
            .toList();

    @TempDir
    private Path folder;

    private SqlStore store;
    private final SqlErasures erasures = new SqlErasures();

    @BeforeEach
    void open() {
        store = Opened.at(folder);
        SqlMentions mentions = new SqlMentions(new Ids(Clock.systemUTC()));
        List<HeardItem> items = new ArrayList<>();
        for (Author author : authors()) {
            items.add(HeardSamples.post("i" + items.size(), author, "Bonjour"));
        }
        for (String handle : HANDLES) {
            items.add(HeardSamples.post("i" + items.size(), Author.unknown(), "Bonjour", "other", handle));
        }
        store.write(
                Urgency.REQUEST,
                tx -> mentions.add(tx, HeardSamples.feed(SOURCE, SOURCE, "https://ex.fr/s", NOW), items, NOW, false));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static List<Author> authors() {
        List<Author> authors = new ArrayList<>();
        HANDLES.forEach(handle -> authors.add(new Author("Rose", handle, null)));
        ADDRESSES.forEach(address -> authors.add(new Author(null, null, address)));
        ADDRESSES.forEach(address -> authors.add(new Author("Rose \u00a0 DURAND", HANDLES.getFirst(), address)));
        authors.add(new Author("rose durand", null, null));
        authors.add(Author.unknown());
        return authors;
    }

    @Test
    void all_that_is_his_is_found() {
        List<Written> all = store.read(tx -> erasures.written(tx, BranchId.MAIN, "", NOW, 1_000));
        assertThat(all).hasSize(authors().size() + HANDLES.size());
        for (Subject subject : SUBJECTS) {
            Set<String> his = new TreeSet<>();
            long count = 0;
            for (Written one : all) {
                if (Subject.keys(one.author(), "mastodon", SOURCE).contains(subject.key())) {
                    his.add(one.author().toString());
                    count++;
                }
            }
            List<WrittenBy> found =
                    store.<List<WrittenBy>>read(tx -> erasures.writtenBy(tx, BranchId.MAIN, subject, NOW)).stream()
                            .filter(one -> Subject.keys(one.author(), "mastodon", SOURCE)
                                    .contains(subject.key()))
                            .toList();
            // What is known by the handle that its address stands for is looked for by that, see Subject.derived().
            Set<String> names = new TreeSet<>();
            found.forEach(one -> names.add(one.author().toString()));
            long counted = found.stream().mapToLong(WrittenBy::count).sum();
            for (Subject other : subject.derived()) {
                for (WrittenBy one :
                        store.<List<WrittenBy>>read(tx -> erasures.writtenBy(tx, BranchId.MAIN, other, NOW))) {
                    if (Subject.keys(one.author(), "mastodon", SOURCE).contains(subject.key())
                            && names.add(one.author().toString())) {
                        counted += one.count();
                    }
                }
            }
            assertThat(names).as("%s", subject).isEqualTo(his);
            assertThat(counted).as("%s", subject).isEqualTo(count);
        }
    }

    @Test
    void all_that_names_him_is_found() {
        List<Written> all = store.read(tx -> erasures.written(tx, BranchId.MAIN, "", NOW, 1_000));
        for (Subject subject : SUBJECTS) {
            if (subject.sort() == Subject.Sort.HANDLE) {
                List<Written> found = store.read(tx -> erasures.naming(tx, BranchId.MAIN, subject.value(), NOW, 1_000));
                assertThat(found)
                        .as("%s", subject)
                        .containsAll(all.stream()
                                .filter(one -> one.mentioned().stream().anyMatch(subject::isMentionedAs))
                                .toList());
            }
        }
    }
}
