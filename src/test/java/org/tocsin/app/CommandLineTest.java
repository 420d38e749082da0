package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;

/** The commands of the README against a daemon that runs, and what they say where something is wrong. */
class CommandLineTest {
    private static Path data;
    private static RunningDaemon daemon;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        data = folder;
        daemon = new RunningDaemon(folder);
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    /** What a command ended with, and what it said. */
    private record Said(int code, String out, String err) {}

    private static Said tocsin(String... args) {
        return at(daemon.port(), data, args);
    }

    private static Said at(int port, Path folder, String... args) {
        return in(Locale.ENGLISH, port, folder, args);
    }

    private static Said in(Locale locale, int port, Path folder, String... args) {
        return typing("", Map.of(), locale, port, folder, args);
    }

    /** What a command says to what is typed, with other variables in its environment. */
    private static Said typing(
            String typed, Map<String, String> more, Locale locale, int port, Path folder, String... args) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TOCSIN_DATA", folder.toString());
        environment.put("TOCSIN_HTTP_PORT", String.valueOf(port));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = TocsinCommand.run(
                args,
                new CommandLineStreams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new BufferedReader(new StringReader(typed)),
                        null,
                        locale),
                environment,
                () -> 0);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_daemon_that_cannot_be_started_says_why_and_with_which_code() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLineStreams streams = new CommandLineStreams(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                null,
                Locale.ENGLISH);
        String[] serve = {"serve"};
        assertThat(TocsinCommand.run(serve, streams, Map.of(), () -> 78)).isEqualTo(78);
        assertThat(TocsinCommand.run(serve, streams, Map.of(), () -> {
                    throw new IllegalStateException("no room");
                }))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no room");
    }

    private static String id(Said accepted) {
        return accepted.out()
                .lines()
                .filter(line -> line.startsWith("Accepted: "))
                .findFirst()
                .orElseThrow()
                .replace("Accepted: ", "");
    }

    @Test
    void a_post_goes_out_and_is_listed_and_a_dry_run_sends_nothing() {
        int before = daemon.posts();
        Said dry = tocsin("post", "--dry-run", "--channels", "rehearsal", "--warning", "élections", "Réunion jeudi");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("== rehearsal", "Réunion jeudi", "content warning: élections", "Nothing was sent.");
        daemon.post("/api/v1/channels", """
                {"id":"toots","network":"rehearsal","name":"Toots","settings":{"standsFor":"mastodon"},"inDefaultSet":false}""");
        assertThat(tocsin("post", "--dry-run", "--channels", "toots", "--visibility", "unlisted", "Réunion jeudi")
                        .out())
                .contains("visibility: public, but not in public timelines")
                .doesNotContain("unlisted");
        assertThat(daemon.posts()).isEqualTo(before);
        Said post = tocsin("post", "--channels", "rehearsal", "--variant", "rehearsal=Réunion ici", "Réunion jeudi");
        assertThat(post.code()).as(post.err()).isZero();
        assertThat(post.out()).contains("published");
        assertThat(tocsin("posts", "show", id(post)).out()).contains("Réunion jeudi");
        assertThat(tocsin("posts", "--limit", "1").out()).contains("Réunion jeudi");
        assertThat(tocsin("deliveries", "list", "--limit", "1").out()).contains("published");
    }

    @Test
    void a_search_says_how_many_were_found_and_what_is_wrong_with_its_words() {
        Said found = tocsin("search", "mayor lang:en", "--from", "2026-11-01", "--sort", "relevance");
        assertThat(found.code()).as(found.err()).isZero();
        assertThat(found.out()).contains("0 mentions");
        assertThat(tocsin("search", "--csv").out()).startsWith("id,written,heard");
        Said wrong = tocsin("search", "NOT mayor");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("QUERY", "[watch.negative]");
        assertThat(tocsin("search", "mayor", "--sort", "best").err()).contains("--sort", "newest, relevance");
        assertThat(tocsin("search", "--csv", "--ndjson").code()).isEqualTo(2);
    }

    @Test
    void slots_are_kept_and_a_post_goes_to_the_next_one() {
        daemon.post("/api/v1/channels", """
                {"id":"weekly","network":"rehearsal","settings":{},"inDefaultSet":false}""");
        assertThat(tocsin("post", "--channels", "weekly", "--at", "next", "a").err())
                .contains("There is no free slot on weekly");
        Said added = tocsin("slots", "add", "weekly", "jeudi", "18:30");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(tocsin("slots", "list").out()).contains("weekly  Thursday  18:30");
        Said post = tocsin("post", "--channels", "weekly", "--at", "next", "au créneau");
        assertThat(post.code()).as(post.err()).isZero();
        assertThat(tocsin("posts", "show", id(post)).out()).contains("18:30");
        String slot = tocsin("slots").out().split(" ", 2)[0];
        assertThat(tocsin("slots", "remove", slot).code()).isZero();
        assertThat(tocsin("slots").out()).contains("There are no slots");
    }

    @Test
    void a_table_is_looked_at_and_brought_in_once(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(
                folder.resolve("mars.csv"),
                "text;at;channels\nRéunion;01/06/2031 10:00;rehearsal\nSans heure;;rehearsal\n");
        int before = daemon.posts();
        Said dry = tocsin("posts", "import", table.toString(), "--dry-run");
        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.out())
                .contains(
                        "Row 3, at: A date and a time are needed.",
                        "Would be imported: 1. Imported before: 0. Faulty: 1.");
        assertThat(daemon.posts()).isEqualTo(before);
        assertThat(tocsin("posts", "import", table.toString()).out()).contains("Imported: 1.");
        assertThat(tocsin("posts", "import", table.toString()).out()).contains("Imported: 0. Imported before: 1.");
        assertThat(tocsin("posts", "import", folder.resolve("nope").toString()).err())
                .contains("cannot be read");
        assertThat(daemon.posts()).isEqualTo(before + 1);
    }

    @Test
    void a_key_makes_one_post_of_a_command_that_is_repeated() {
        String[] command = {
            "post", "--key", "the-key", "--at", "2031-06-01 10:00", "--channels", "rehearsal", "une fois"
        };
        assertThat(id(tocsin(command))).isEqualTo(id(tocsin(command)));
    }

    @Test
    void what_is_out_is_edited_where_it_can_be_and_answered_elsewhere() {
        daemon.post("/api/v1/channels", """
                {"id":"cli-x","network":"rehearsal","settings":{"standsFor":"x"},"inDefaultSet":false}""");
        String id = id(tocsin("post", "--channels", "rehearsal,cli-x", "Réunion à 18 h"));
        Said bare = tocsin("posts", "correct", id, "--edit", "Réunion à 19 h");
        assertThat(bare.code()).isNotZero();
        assertThat(bare.err()).contains("cli-x");
        assertThat(tocsin("posts", "correct", id).err()).contains("--edit");
        Said dry = tocsin("posts", "correct", id, "--edit", "Réunion à 19 h", "--erratum", "Lire 19 h", "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains(
                        "rehearsal: the post is edited.",
                        "cli-x: an erratum answers the post.",
                        "Réunion à 19 h",
                        "Lire 19 h",
                        "Nothing was sent.");
        assertThat(tocsin("posts", "show", id).out()).doesNotContain("19 h");
        Said made = tocsin("posts", "correct", id, "--edit", "Réunion à 19 h", "--erratum", "Lire 19 h");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("rehearsal: the post is edited.", "edit of part 1: done.");
        assertThat(tocsin("posts", "show", id).out()).contains("Réunion à 19 h", "edit of part 1: done.");
        assertThat(tocsin("posts", "--limit", "1").out()).contains("Lire 19 h");
        Said deleted = tocsin("posts", "delete", id);
        assertThat(deleted.out()).contains("An erratum still answers this post");
    }

    @Test
    void the_first_person_gets_a_link_and_so_does_who_has_forgotten_a_password() {
        Said link = tocsin("setup-link");
        assertThat(link.code()).as(link.err()).isZero();
        assertThat(link.out()).startsWith("http://127.0.0.1:" + daemon.port() + "/desk/setup?token=");
        assertThat(tocsin("users", "list").out()).contains("tocsin setup-link");
        assertThat(tocsin("users", "reset", "zoe@exemple.fr").err()).contains("[cli.users.unknown]");
    }

    @Test
    void in_french_nothing_is_said_in_english_or_in_the_words_of_the_machine() {
        Said post = francais("post", "--at", "2031-10-26 02:30", "--channels", "rehearsal", "Réunion à 18 h");
        String id = post.out()
                .lines()
                .filter(line -> line.startsWith("Accepté"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*[\\s\u00a0]", "");
        assertThat(post.out()).contains("Cette heure arrive deux fois", "écrivez 2031-10-26T02:30+01:00");
        List<Said> all = List.of(
                post,
                francais("posts", "show", id),
                francais("posts", "--limit", "3"),
                francais("deliveries", "list", "--limit", "3"),
                francais("posts", "edit", id),
                francais("posts", "edit", id, "--at", "2031-10-26T02:30+01:00"),
                francais("posts", "delete", id),
                francais("post", "--dry-run", "--channels", "rehearsal", "Réunion à 18 h"),
                francais("channels", "list"),
                francais("channels", "connect", "mastodon", "--id", "Ma Chaîne"),
                francais("freeze", "list"),
                francais("freeze", "--channel", "nulle-part", "--reason", "silence"),
                francais("notices", "--all"),
                francais("users"),
                francais("campaigns"),
                francais("mentions"),
                francais("doctor"),
                francais("posts", "show", "rien"));
        for (Said said : all) {
            String words = (said.out() + said.err()).replaceAll("\\[[a-z.-]+]|tocsin( [a-z-]+)+", "");
            assertThat(words)
                    .isNotBlank()
                    .doesNotContainPattern("\\b[A-Z]{2,}_[A-Z_]+\\b")
                    .doesNotContainPattern("\\b(DUE|PUBLISHED|CANCELLED|HELD|SENDING|AUTHOR|ADMIN)\\b")
                    .doesNotContainPattern("(?i)\\b(the|is|was|not|no|and|post|posts|of|there|nothing|waiting)\\b");
        }
    }

    private static Said francais(String... args) {
        return in(Locale.FRENCH, daemon.port(), data, args);
    }

    @Test
    void an_image_that_is_refused_is_named(@TempDir Path folder) throws IOException {
        Path image = Files.writeString(folder.resolve("affiche.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Said refused = tocsin("post", "--channels", "rehearsal", "--image", image.toString(), "affiche");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("The image " + image + " is refused:");
    }

    @Test
    void a_post_that_waits_is_edited() {
        String id = id(tocsin("post", "--at", "2031-06-01 10:00", "--channels", "rehearsal", "avant"));
        Said edited = tocsin("posts", "edit", id, "après", "--at", "2031-06-02 10:00");
        assertThat(edited.code()).as(edited.err()).isZero();
        assertThat(edited.out()).contains("après").contains("2 June 2031, 10:00");
        assertThat(tocsin("posts", "edit", id).err()).contains("[publishing.edit.empty]");
        Said stale = tocsin("posts", "edit", id, "encore", "--version", "1");
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err()).contains("[publishing.version]");
    }

    private static String picture(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file.toString();
    }

    @Test
    void images_of_a_post_that_waits_are_described_anew(@TempDir Path folder) throws IOException {
        Said post = tocsin(
                "post",
                "--at",
                "2031-06-01 10:00",
                "--zone",
                "Europe/Paris",
                "--channels",
                "rehearsal",
                "--image",
                picture(folder, "a.png"),
                "--image",
                picture(folder, "b.png"),
                "--alt",
                "une affiche",
                "deux images");
        assertThat(post.code()).as(post.err()).isZero();
        assertThat(post.err()).contains("1 image goes out without a description");
        String id = id(post);
        assertThat(tocsin("posts", "show", id).out())
                .contains("planned for 1 June 2031, 10:00", ": une affiche", "without a description");
        Said edited = tocsin("posts", "edit", id, "--alt", "l’affiche du débat");
        assertThat(edited.code()).as(edited.err()).isZero();
        assertThat(edited.out()).contains(": l’affiche du débat", "without a description");
        assertThat(tocsin("posts", "edit", id, "--alt", "un", "--alt", "deux").out())
                .contains(": un", ": deux")
                .doesNotContain("débat");
        Said many = tocsin("posts", "edit", id, "--alt", "1", "--alt", "2", "--alt", "3");
        assertThat(many.err()).contains("[cli.edit.alts]");
    }

    @Test
    void the_version_and_the_help_are_told_however_they_are_asked_for() {
        assertThat(tocsin("--version").out()).startsWith("Tocsin ");
        assertThat(tocsin("post", "-V").out()).startsWith("Tocsin ");
        assertThat(tocsin("help").out()).contains("Usage: tocsin", "deliveries");
        assertThat(tocsin("help", "post").out())
                .isEqualTo(tocsin("post", "--help").out());
        assertThat(francais("help", "posts", "edit").out()).contains("Utilisation\u00a0: tocsin posts edit");
        assertThat(tocsin("help", "pots").err()).contains("Not understood: pots. [cli.usage.unknown]");
    }

    @Test
    void deliveries_are_listed_by_the_words_that_people_see() {
        id(tocsin("post", "--at", "2031-06-01 10:00", "--channels", "rehearsal", "à lister"));
        for (String state : List.of("SCHEDULED", "scheduled", "Programmé", "retenu, programmé")) {
            assertThat(tocsin("deliveries", "--state", state, "--limit", "1").out())
                    .as(state)
                    .contains("planned for");
        }
        assertThat(tocsin("deliveries", "list", "--state", "exhausted").out()).contains("Nothing to show.");
        assertThat(tocsin("posts", "list", "--limit", "1").out()).isNotBlank();
        Said wrong = francais("deliveries", "list", "--state", "parti");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("«\u00a0parti\u00a0» n’est pas un état", "à vérifier", "[cli.state]");
    }

    @Test
    void a_problem_names_the_option_that_was_typed() throws IOException {
        assertThat(tocsin("post", "--undo", "-1", "x").err()).startsWith("--undo: ");
        assertThat(tocsin("post", "--channels", "rehearsal,nowhere", "x").err()).startsWith("--channels: ");
        assertThat(tocsin("freeze", "--channel", "nowhere", "--reason", "x").err())
                .startsWith("--channel: ");
        assertThat(tocsin("post", "--key", "", "x").err()).startsWith("--key: ");
        assertThat(tocsin("post", "--channels", "rehearsal", "--at", "demain", "x")
                        .err())
                .startsWith("--at: ")
                .contains("demain");
        assertThat(tocsin("post", "--channels").err()).contains("--channels needs a value. [cli.usage.valueless]");
        assertThat(tocsin("freeze").err()).contains("--reason", "[cli.reason.missing]");
        assertThat(tocsin("freeze", "end", "x").err()).contains("--reason");
        assertThat(tocsin("post", "--dry-run", "--channels", "rehearsal", "--zone", "Europe/Paris", "x")
                        .err())
                .contains("--zone is without effect");
    }

    @Test
    void hours_may_be_written_as_in_french() {
        for (String at : List.of("2031-06-01 18h30", "2031-06-01 18 h 30", "2031-06-01\u00a018\u202fh\u202f30")) {
            Said post = tocsin("post", "--at", at, "--channels", "rehearsal", "à l’heure, " + at.length());
            assertThat(post.out()).as(post.err()).contains("1 June 2031, 18:30");
        }
    }

    @Test
    void a_token_that_does_not_serve_is_told_with_its_file(@TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "tocsin_wrong");
        assertThat(tocsin("posts", "--token-file", wrong.toString()).err())
                .contains("[web.token.wrong]", "read from " + wrong, "--token-file", "api.token");
        Path blank = Files.writeString(folder.resolve("blank"), " \n");
        assertThat(tocsin("posts", "--token-file", blank.toString()).err())
                .contains(blank.toString(), "--token-file", "[cli.token.none]");
        assertThat(tocsin("posts", "--token-file", folder.toString()).err()).contains("[cli.token.denied]");
    }

    @Test
    void a_locale_that_damages_texts_is_named_by_its_variable() {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            Map<String, String> more = Map.of(name, "fr_FR");
            assertThat(typing("", more, Locale.ENGLISH, daemon.port(), data, "post", "R\uFFFDunion")
                            .err())
                    .contains("(" + name + "=fr_FR)", "Set " + name + " to");
        }
    }

    @Test
    void what_a_connection_refused_is_not_offered_again_and_a_wrong_field_is_told(@TempDir Path folder)
            throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "x");
        Said said = typing(
                "pas une adresse\n\n",
                Map.of(),
                Locale.ENGLISH,
                daemon.port(),
                data,
                "channels",
                "connect",
                "mastodon",
                "--secret-file",
                "tokn=" + token);
        assertThat(said.out()).contains("! ").doesNotContain("[pas une adresse]");
        String introduction = said.out().lines().findFirst().orElseThrow();
        assertThat(said.out()).containsOnlyOnce(introduction);
        assertThat(said.err()).contains("The file for tokn was not used");
        Said french = typing(
                "moi.exemple.fr\n\n\n", Map.of(), Locale.FRENCH, daemon.port(), data, "channels", "connect", "bluesky");
        // The password was missing, and the handle was not refused.
        assertThat(french.out()).contains("! ", "[moi.exemple.fr]", "(appPassword)");
    }

    @Test
    void campaigns_and_the_mention_book_are_kept() {
        assertThat(tocsin("campaigns", "save", "vote", "--name", "Vote", "--hashtag", "#Vote", "--until", "2020-01-01")
                        .code())
                .isZero();
        assertThat(tocsin("campaigns", "save", "vote", "--name", "Le vote").code())
                .isZero();
        assertThat(tocsin("campaigns").out()).contains("vote  #Vote  … – 1 January 2020  Le vote");
        assertThat(tocsin(
                                "campaigns",
                                "save",
                                "vote",
                                "--channels",
                                "rehearsal",
                                "--utm",
                                "utm_source=tocsin",
                                "--domain",
                                "exemple.fr")
                        .out())
                .contains("channels: rehearsal", "own domains: exemple.fr", "utm_source=tocsin");
        assertThat(tocsin("mentions", "save", "la mairie", "rehearsal=@mairie").code())
                .isZero();
        Said dry = tocsin("post", "--dry-run", "--channels", "rehearsal", "--campaign", "vote", "merci @{la mairie}");
        assertThat(dry.out()).contains("merci @mairie").contains("outside the dates of the campaign vote");
        assertThat(tocsin("mentions", "remove", "la mairie").code()).isZero();
        assertThat(tocsin("campaigns", "remove", "vote").code()).isZero();
        assertThat(tocsin("campaigns", "remove", "vote").err()).contains("[base.not-found]");
    }

    @Test
    void a_feed_without_posts_is_as_old_as_its_channel() throws IOException {
        for (String form : List.of("rss", "atom")) {
            URI address = URI.create("http://127.0.0.1:" + daemon.port() + "/feeds/posts." + form);
            try (InputStream in = address.toURL().openStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("20")
                        .doesNotContain("1970");
            }
        }
    }

    @Test
    void notices_are_listed_and_acknowledged() {
        assertThat(tocsin("notices").out()).contains("There is no notice");
        assertThat(tocsin("notices", "--all").code()).isZero();
        assertThat(tocsin("notices", "acknowledge", "none").err()).contains("[base.not-found]");
    }

    @Test
    void a_freeze_is_ordered_and_ended() {
        Said ordered = tocsin("freeze", "--from", "2031-06-01 00:00", "--reason", "silence électoral");
        assertThat(ordered.code()).as(ordered.err()).isZero();
        String id = ordered.out().split(" ")[0];
        assertThat(ordered.out()).contains("Nothing that waits now falls into it");
        assertThat(tocsin("freeze", "list").out()).contains("silence électoral");
        Said post = tocsin("post", "--at", "2031-06-02 09:00", "--channels", "rehearsal", "pendant le silence");
        assertThat(post.out() + post.err()).contains("is frozen then (silence électoral)");
        Said second = tocsin(
                "freeze", "--from", "2031-06-01 00:00", "--until", "2031-06-03 00:00", "--reason", "une autre fois");
        assertThat(second.out()).contains("1 delivery will be held, on 2 June 2031, 09:00.");
        assertThat(tocsin("freeze", "end", second.out().split(" ")[0], "--reason", "fini")
                        .code())
                .isZero();
        assertThat(tocsin("freeze", "end", id, "--reason", "fini").code()).isZero();
        assertThat(tocsin("freeze", "list").out()).doesNotContain(id);
    }

    @Test
    void what_is_wrong_is_told_with_its_code_and_never_with_a_trace(@TempDir Path empty) throws IOException {
        Path wrong = Files.writeString(empty.resolve("token"), "tocsin_wrong");
        List<Said> all = new ArrayList<>();
        List<String> codes = List.of(
                "cli.usage.unknown",
                "cli.usage.missing",
                "cli.usage.value",
                "cli.server",
                "cli.token.unreadable",
                "web.token.wrong",
                "cli.unreachable",
                "base.not-found",
                "cli.file.missing",
                "cli.post.variant",
                "delivery.state.refuses");
        String delivery = daemon.get("/api/v1/posts/"
                        + id(tocsin("post", "--at", "2031-06-01 10:00", "--channels", "rehearsal", "résolu")))
                .json()
                .path("deliveries")
                .path(0)
                .path("id")
                .asText();
        all.add(tocsin("pots"));
        all.add(tocsin("post"));
        all.add(tocsin("post", "--undo", "soon", "x"));
        all.add(tocsin("posts", "--server", "foo"));
        all.add(at(daemon.port(), empty.resolve("nowhere"), "posts"));
        all.add(tocsin("posts", "--token-file", wrong.toString()));
        all.add(tocsin("posts", "--server", "http://127.0.0.1:1"));
        all.add(tocsin("posts", "show", "an id/with spaces"));
        all.add(tocsin("post", "--image", "/missing.png", "x"));
        all.add(tocsin("post", "--variant", "x", "x"));
        all.add(tocsin("deliveries", "retry", delivery));
        for (int i = 0; i < codes.size(); i++) {
            assertThat(all.get(i).err()).contains("[" + codes.get(i) + "]").doesNotContain("\tat ");
            assertThat(all.get(i).code()).isEqualTo(codes.get(i).startsWith("cli.usage.") ? 2 : 1);
        }
        assertThat(tocsin("channels", "connect", "mastodon", "--id", "Ma Chaîne")
                        .err())
                .contains("[publishing.channel.id]");
        assertThat(tocsin("freeze", "--channel", "nowhere", "--reason", "x").err())
                .contains("[publishing.channel.unknown]", "rehearsal");
        assertThat(tocsin("deliveries", "resolve", delivery, "resend").err()).contains("[publishing.resolve.state]");
    }

    @Test
    void a_request_without_an_answer_is_made_again_under_its_key_and_then_the_key_is_told() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread mute = Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        String request = new String(read(socket.getInputStream()), StandardCharsets.UTF_8);
                        request.lines()
                                .filter(line -> line.startsWith("Idempotency-Key: "))
                                .forEach(line -> keys.add(line.substring(17)));
                        asked.incrementAndGet();
                        OutputStream nothing = socket.getOutputStream();
                        nothing.flush();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            Said said = tocsin("post", "--server", "http://127.0.0.1:" + server.getLocalPort(), "peut-être");
            assertThat(said.err()).contains("[cli.unanswered]").contains("--key " + keys.getFirst());
            assertThat(mute.isAlive()).isTrue();
        }
        assertThat(asked).hasValue(2);
        assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
    }

    private static byte[] read(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int read = in.read(buffer);
        return read < 0 ? new byte[0] : Arrays.copyOf(buffer, read);
    }
}
