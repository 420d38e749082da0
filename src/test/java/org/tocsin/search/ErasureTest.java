package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.mention.Author;
import org.tocsin.mention.AuthorLookup;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HeardSamples;
import org.tocsin.mention.Mention;
import org.tocsin.mention.rights.Copies;
import org.tocsin.mention.rights.Erasure;
import org.tocsin.mention.rights.ErasureLog;
import org.tocsin.mention.rights.ErasureRepository.OptOut;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.mention.rights.Identities;
import org.tocsin.mention.rights.Subject;
import org.tocsin.network.Channel;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlErasures;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.StoryNames;

/** Who is erased is gone: from rows, finds, alerts, the files of the index and of the store; and from a database that is put back. */
class ErasureTest {
    /** Words that stand nowhere else. */
    private static final String SECRET = "xylophoniste";

    private static final Author ROSE =
            new Author("Rose Martin", "rose_martin42", "https://ville.social/@rose_martin42");
    private static final Author PAUL = new Author("Paul", "paul@ville.social", null);

    private static final String DID = "did:plc:anaanaanaanaanaanaanaana";
    private static final String PROFILE = "https://bsky.app/profile/";

    @TempDir
    private Path folder;

    private Library library;
    private Erasures erasures;
    private int openings;

    @BeforeEach
    void open() {
        open("db");
    }

    private void open(String database) {
        library = new Library(folder, database, WordLists.none());
        // Each opening is later than what was heard before it.
        library.clock.move(Duration.ofHours(++openings));
        erasures = erasures();
    }

    private Erasures erasures() {
        return new Erasures(
                library.store,
                new SqlErasures(),
                library.mentions,
                library.sources,
                library.audit,
                Opened.BOX::hash,
                identities(),
                new ErasureLog(folder.resolve("erasures.log")),
                new Ids(library.clock),
                library.clock);
    }

    /** As Bluesky answers: the account of one handle, and of no other. */
    private record Directory() implements AuthorLookup {
        @Override
        public String network() {
            return "mastodon";
        }

        @Override
        public Found ask(String name, @Nullable Channel channel) {
            if (!name.endsWith(".bsky.social")) {
                return new Other();
            }
            return name.equals("ana.bsky.social")
                    ? new Same(List.of(new Author(null, name, PROFILE + DID)))
                    : new Untold(Message.of("bluesky.lookup.nobody", "handle", name));
        }
    }

    private Identities identities() {
        return new Identities(
                library.store,
                new SqlErasures(),
                library.sources,
                new SqlChannels(Opened.BOX),
                List.of(new Directory()));
    }

    @AfterEach
    void close() {
        library.close();
    }

    private static HeardItem by(Author author, String id, String text, String... mentioned) {
        return HeardSamples.post(
                id,
                author,
                text,
                "fr",
                "https://ville.social/@" + author.handle() + "/" + id,
                null,
                List.of(),
                List.of(mentioned),
                Counts.unknown());
    }

    private static Consumer<Erasures.Preview> counted(long written, long mentioned) {
        return preview -> {
            assertThat(preview.written()).isEqualTo(written);
            assertThat(preview.mentioned()).isEqualTo(mentioned);
        };
    }

    private static Subject subject(String author) {
        return Subject.of(author, null, null);
    }

    private Copies copies() {
        return seq -> library.indexing.purge(seq) && library.store.emptyLog();
    }

    private void work() {
        erasures.work(copies());
        library.settle();
        erasures.work(copies());
    }

    private List<Mention> shown() {
        return library.store.read(tx -> library.mentions.page(tx, BranchId.MAIN, null, "", 200));
    }

    private Set<String> known(String nativeId) {
        return library.store.read(tx -> library.mentions.known(tx, "s1", List.of(nativeId)));
    }

    /** Where any file of the data folder holds the words. */
    private List<Path> holding(String words) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> holds(file, words))
                    .toList();
        }
    }

    private static boolean holds(Path file, String words) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void heard() {
        library.watch(SECRET);
        library.say(by(ROSE, "rose_martin42/1", "un " + SECRET + " à la mairie"));
        library.say(by(PAUL, "2", "la mairie ferme", "rose_martin42"));
        library.settle();
    }

    @Test
    void a_preview_tells_what_an_author_wrote_from_where_others_name_him_and_changes_nothing() {
        heard();
        assertThat(erasures.preview(Library.ACTOR, subject("@Rose_Martin42"))).satisfies(counted(1, 1));
        assertThat(erasures.preview(Library.ACTOR, subject("https://www.ville.social/@rose_martin42/")))
                .as("her handle stands beside it")
                .satisfies(counted(1, 1));
        assertThat(erasures.preview(Library.ACTOR, Subject.of("rose  MARTIN", null, "s1")))
                .satisfies(counted(1, 0));
        assertThat(erasures.preview(Library.ACTOR, Subject.of("rose_martin42", "x", null)))
                .as("somebody else's handle elsewhere")
                .satisfies(counted(0, 1));
        assertThat(shown()).hasSize(2);
    }

    @Test
    void a_story_that_others_tell_as_well_goes_on_and_is_known_again() {
        library.watch("piscine");
        String words = "la piscine de la rue du port ferme samedi pour des travaux";
        library.say(by(PAUL, "1", words));
        library.settle();
        library.say(by(ROSE, "rose_martin42/2", words));
        library.settle();
        assertThat(stories()).as("one story of two").isEqualTo("1");
        erasures.ask(Library.ACTOR, subject("rose_martin42"), true);
        work();
        assertThat(names()).as("what others said is known").isNotEqualTo("0");
        String address = StoryNames.at("https://ville.social/@rose_martin42/rose_martin42/2")
                .orElseThrow();
        assertThat(library.store.<String>read(
                        tx -> Opened.text(tx, "select count(*) from story_key where name = '" + address + "'")))
                .as("her own address is not")
                .isEqualTo("0");
        library.say(by(new Author("Zoe", "zoe", null), "3", words));
        library.settle();
        assertThat(stories()).as("and another who says it tells no new one").isEqualTo("1");
        erasures.ask(Library.ACTOR, subject(Objects.requireNonNull(PAUL.handle())), true);
        erasures.ask(Library.ACTOR, subject("zoe"), true);
        work();
        assertThat(names()).isEqualTo("0");
    }

    private String stories() {
        return library.store.read(tx -> Opened.text(tx, "select count(distinct story_id) from watch_hit"));
    }

    private String names() {
        return library.store.read(
                tx -> Opened.text(tx, "select (select count(*) from story_key) + (select count(*) from story_like)"));
    }

    @Test
    void who_is_erased_is_gone_from_rows_finds_notices_and_every_file() throws IOException {
        heard();
        assertThat(library.found(SECRET)).hasSize(1);
        assertThat(holding(SECRET)).as("there was something to erase").isNotEmpty();
        Erasure asked = erasures.ask(Library.ACTOR, subject("rose_martin42"), true);
        work();
        assertThat(erasures.find(Library.ACTOR, asked.id()))
                .returns(Erasure.State.DONE, Erasure::state)
                .returns(1L, Erasure::erased);
        assertThat(library.found(SECRET)).isEmpty();
        assertThat(library.hits()).isEmpty();
        assertThat(library.store.<String>read(tx ->
                        Opened.text(tx, "select (select count(*) from story_key) + (select count(*) from story_like)")))
                .as("by what its story is known goes with it")
                .isEqualTo("0");
        assertThat(shown()).extracting(one -> one.heard().nativeId()).containsExactly("2");
        assertThat(library.store.<String>read(
                        tx -> Opened.text(tx, "select count(*) from notice where kind = 'ALERT'")))
                .isEqualTo("0");
        library.store
                .read(tx -> library.audit.page(tx, BranchId.MAIN, 0, 50))
                .forEach(row -> assertThat(row.subject() + row.detail()).doesNotContain("rose"));
        // The query of the watch has the word as well, and stands in the database; the author's address stands nowhere.
        assertThat(holding("un " + SECRET)).isEmpty();
        assertThat(holding("Rose Martin")).isEmpty();
        assertThat(holding("@rose_martin42")).isEmpty();
        try (Stream<Path> index = Files.walk(library.indexFolder())) {
            assertThat(index.filter(Files::isRegularFile).filter(file -> holds(file, SECRET)))
                    .isEmpty();
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("erasures.log")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("erasures.log")).content().doesNotContain("rose");
    }

    @Test
    void what_was_erased_does_not_come_back_when_its_source_shows_it_again() {
        heard();
        erasures.ask(Library.ACTOR, subject("rose_martin42"), false);
        work();
        long seen = library.store.read(library.mentions::newest);
        library.say(by(ROSE, "rose_martin42/1", "un " + SECRET + " à la mairie"));
        assertThat(library.store.<Long>read(library.mentions::newest)).isEqualTo(seen);
        assertThat(known("rose_martin42/1")).containsExactly("rose_martin42/1");
        library.say(by(ROSE, "rose_martin42/3", "autre chose"));
        assertThat(shown()).as("he does not object, and is heard again").hasSize(2);
    }

    @Test
    void who_objects_is_not_kept_from_any_source_and_rings_nothing() throws IOException {
        library.watch(SECRET);
        erasures.optOut(Library.ACTOR, subject("rose_martin42@ville.social"));
        library.say(by(ROSE, "1", "un " + SECRET));
        library.say(Library.TOWN, by(new Author(null, null, "https://ville.social/@rose_martin42"), "1", SECRET));
        library.settle();
        assertThat(shown()).isEmpty();
        assertThat(library.found(SECRET)).isEmpty();
        assertThat(library.hits()).isEmpty();
        assertThat(holding("Rose Martin")).isEmpty();
        assertThat(known("1")).as("it is known, so that it looks new only once").containsExactly("1");
        long seen = library.store.read(library.mentions::newest);
        library.say(by(ROSE, "1", "un " + SECRET));
        assertThat(library.store.<Long>read(library.mentions::newest)).isEqualTo(seen);
        erasures.optIn(Library.ACTOR, subject("rose_martin42@ville.social"));
        library.say(by(ROSE, "2", "bonjour"));
        assertThat(shown()).hasSize(1);
    }

    @Test
    void an_edit_of_who_objects_meanwhile_takes_the_words_out() {
        library.say(by(ROSE, "1", "un"));
        erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        library.say(by(ROSE, "1", "un, corrigé"));
        assertThat(shown()).isEmpty();
    }

    @Test
    void an_erasure_goes_on_after_a_crash_and_can_be_stopped() {
        library.say(IntStream.range(0, 450)
                .mapToObj(i -> by(ROSE, "p" + i, "mot " + i))
                .toArray(HeardItem[]::new));
        Erasure asked = erasures.ask(Library.ACTOR, subject("rose_martin42"), false);
        erasures.stop(Library.ACTOR, asked.id());
        erasures.work(copies());
        assertThat(shown()).as("stopped").hasSize(200);
        assertThat(erasures.find(Library.ACTOR, asked.id()).erased()).isZero();
        assertThatThrownBy(() -> erasures.stop(Library.ACTOR, asked.id())).isInstanceOf(FaultException.class);
        library.close();
        open("db");
        erasures.resume(Library.ACTOR, asked.id());
        work();
        assertThat(shown()).isEmpty();
        assertThat(erasures.find(Library.ACTOR, asked.id()).erased()).isEqualTo(450);
    }

    @Test
    void a_database_that_is_put_back_does_not_bring_them_back() throws IOException {
        heard();
        library.close();
        Path copy = Files.copy(folder.resolve("tocsin.db"), folder.resolveSibling(folder.getFileName() + "-copy.db"));
        open("db");
        erasures.ask(Library.ACTOR, subject("rose_martin42"), true);
        work();
        library.close();
        Files.move(copy, folder.resolve("tocsin.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve("tocsin.db-wal"));
        Files.deleteIfExists(folder.resolve("tocsin.db-shm"));
        open("db");
        assertThat(shown()).as("an older database knows them").hasSize(2);
        assertThat(erasures.start()).isEqualTo(1);
        assertThat(shown()).extracting(one -> one.heard().nativeId()).containsExactly("2");
        assertThat(erasures.start()).as("once").isZero();
        work();
        assertThat(library.found(SECRET)).isEmpty();
        assertThat(holding("Rose Martin")).isEmpty();
        library.say(by(ROSE, "9", "encore"));
        assertThat(shown()).as("the list is back as well").hasSize(1);
    }

    @Test
    void a_list_that_was_shortened_since_stays_so_after_a_restore_and_a_lost_file_is_written_anew() throws IOException {
        Erasure asked = erasures.ask(Library.ACTOR, subject("rose_martin42"), true);
        erasures.optIn(Library.ACTOR, subject("rose_martin42"));
        String key = library.store.read(tx -> Opened.text(tx, "select author_key from erasure"));
        // As an older database has it.
        library.write(tx -> new SqlErasures().add(tx, BranchId.MAIN, new OptOut(key, Library.START, "me")));
        erasures.start();
        assertThat(erasures.optOuts(Library.ACTOR)).isEmpty();
        Files.delete(folder.resolve("erasures.log"));
        erasures.start();
        assertThat(folder.resolve("erasures.log")).content().contains(asked.id());
    }

    @Test
    void who_was_taken_off_the_list_stays_off_it_where_the_daemon_dies_before_the_file_says_so() throws IOException {
        erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        Path file = folder.resolve("erasures.log");
        Path aside = folder.resolve("aside.log");
        Files.move(file, aside);
        Files.createDirectory(file);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> erasures.optIn(Library.ACTOR, subject("rose_martin42")));
        Files.delete(file);
        Files.move(aside, file);
        erasures = erasures();
        erasures.start();
        assertThat(erasures.optOuts(Library.ACTOR))
                .as("as the audit trail has it")
                .isEmpty();
        erasures.start();
        assertThat(erasures.optOuts(Library.ACTOR)).isEmpty();
        erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        erasures.start();
        assertThat(erasures.optOuts(Library.ACTOR)).as("whoever objects again").isNotEmpty();
    }

    @Test
    void whoever_objects_again_before_the_file_says_that_he_did_not_is_on_the_list() throws IOException {
        erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        Path file = folder.resolve("erasures.log");
        Path aside = folder.resolve("aside.log");
        Files.move(file, aside);
        Files.createDirectory(file);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> erasures.optIn(Library.ACTOR, subject("rose_martin42")));
        Files.delete(file);
        Files.move(aside, file);
        erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        erasures.start();
        assertThat(erasures.optOuts(Library.ACTOR)).isNotEmpty();
    }

    @Test
    void a_lost_file_is_written_anew_with_who_objects() throws IOException {
        OptOut object = erasures.optOut(Library.ACTOR, subject("rose_martin42"));
        Files.delete(folder.resolve("erasures.log"));
        erasures.start();
        erasures.start();
        assertThat(new ErasureLog(folder.resolve("erasures.log")).lines())
                .singleElement()
                .returns(object.authorKey(), ErasureLog.Line::authorKey);
    }

    @Test
    void a_line_that_was_cut_off_by_a_crash_spoils_none() throws IOException {
        erasures.optOut(Library.ACTOR, subject("a"));
        Path file = folder.resolve("erasures.log");
        Files.writeString(file, "OBJECT 0123 mai", java.nio.file.StandardOpenOption.APPEND);
        erasures.optOut(Library.ACTOR, subject("b"));
        assertThat(new ErasureLog(file).lines()).hasSize(2);
    }

    @Test
    void what_was_deleted_leaves_the_files_of_the_index_within_a_day() throws IOException {
        library.say(by(ROSE, "1", SECRET), by(PAUL, "2", "la mairie"));
        library.settle();
        library.unsay("1");
        library.settle();
        library.clock.move(Duration.ofHours(25));
        library.indexing.tick();
        try (Stream<Path> index = Files.walk(library.indexFolder())) {
            assertThat(index.filter(Files::isRegularFile).filter(file -> holds(file, SECRET)))
                    .isEmpty();
        }
    }

    /** The search knows an author by handle and DID, the stream by the DID alone. */
    @Test
    void an_author_is_reached_by_all_names_that_the_log_has_of_him() {
        library.say(
                by(new Author("Ana", "ana.old.fr", PROFILE + DID), "1", SECRET + " un"),
                by(new Author(null, DID, PROFILE + DID), "2", SECRET + " deux"),
                by(new Author("Ana", "ana.new.fr", PROFILE + DID), "3", SECRET + " trois"),
                by(new Author("Ana", "ana.autre.fr", PROFILE + "did:plc:other"), "4", "autre"));
        library.settle();
        Erasures.Preview preview = erasures.preview(Library.ACTOR, subject("@ana.old.fr"));
        assertThat(preview.written()).isEqualTo(3);
        assertThat(preview.names()).containsExactly("@ana.old.fr", "bsky.app/profile/" + DID, "@" + DID, "@ana.new.fr");
        Erasure erasure = erasures.ask(Library.ACTOR, subject("@ana.old.fr"), true);
        assertThat(erasure.authorKeys()).hasSizeGreaterThanOrEqualTo(4);
        work();
        assertThat(shown()).extracting(one -> one.heard().nativeId()).containsExactly("4");
        library.say(by(new Author(null, DID, PROFILE + DID), "5", SECRET));
        assertThat(shown()).hasSize(1);
        // The names are gone with the words: who is heard again is let in by each that is given.
        erasures.optIn(Library.ACTOR, subject(PROFILE + DID));
        erasures.optIn(Library.ACTOR, subject("@" + DID));
    }

    @Test
    void the_network_is_asked_for_the_names_that_the_log_does_not_have_together() {
        library.say(by(new Author(null, DID, PROFILE + DID), "1", SECRET), by(PAUL, "2", "autre"));
        library.settle();
        Erasures.Preview known = erasures.preview(Library.ACTOR, subject("@ana.bsky.social"));
        assertThat(known.written()).isEqualTo(1);
        assertThat(known.remarks()).isEmpty();
        Erasures.Preview unknown = erasures.preview(Library.ACTOR, subject("@eva.bsky.social"));
        assertThat(unknown.written()).isZero();
        assertThat(unknown.remarks()).extracting(Message::code).containsExactly("bluesky.lookup.nobody");
        erasures.ask(Library.ACTOR, subject("@ana.bsky.social"), true);
        work();
        assertThat(shown()).extracting(one -> one.heard().nativeId()).containsExactly("2");
    }

    @Test
    void a_short_handle_is_nobody_elses_on_another_network() {
        library.say(by(new Author("Ana", "ana", null), "1", "une"));
        library.say(Library.TOWN, by(new Author("Ana", "ana", "https://autre.fr/ana"), "2", "autre"));
        assertThat(erasures.preview(Library.ACTOR, Subject.of("ana", "mastodon", null))
                        .written())
                .isEqualTo(1);
    }
}
