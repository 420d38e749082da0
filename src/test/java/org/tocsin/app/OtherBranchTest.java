package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.app.Browser.Page;
import org.tocsin.app.RunningDaemon.Answer;

/**
 * What belongs to another branch is answered as what there is not: on every route that names an object, by every method, and in every list.
 * A route for which there is no row of another branch fails: nothing is compared in silence.
 */
class OtherBranchTest {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static final Pattern NAMED = Pattern.compile(":[a-z]+");

    /** Bodies of which one, at least, is such that nothing but the id can be wrong with it. */
    private static final List<String> BODIES = List.of(
            "{}",
            "{\"version\":1}",
            "{\"version\":1,\"text\":\"x\"}",
            "{\"version\":1,\"decision\":\"resend\"}",
            "{\"version\":1,\"reason\":\"x\"}",
            "{\"hash\":\"x\",\"reason\":\"x\"}",
            "{\"reason\":\"x\"}",
            "{\"again\":true}",
            "{\"retired\":true}",
            "{\"kind\":\"MAIL\",\"address\":\"x@exemple.fr\"}",
            "{\"address\":\"x@exemple.fr\"}");

    /** They go on for as long as one listens. */
    private static final Set<String> STREAMS = Set.of("/api/v1/live", "/desk/live", "/desk/*");

    /** Takes connections and never answers: what is asked of it is work that goes on. */
    private static ServerSocket silent;

    private static FeedSite site;
    private static RunningDaemon daemon;
    private static Browser browser;
    private static ForeignBranch foreign;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        site = new FeedSite();
        site.put("/geheim.xml", FeedSite.rss("geheim", FeedSite.item("1", "geheim")));
        silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        daemon = new RunningDaemon(
                folder,
                "TOCSIN_HTTP_ALLOW",
                "127.0.0.1:" + silent.getLocalPort() + "," + site.peer(),
                // Where nobody answers: that there is one is enough to ask to be signed up.
                "TOCSIN_MAIL_HOST",
                "127.0.0.1",
                "TOCSIN_MAIL_PORT",
                "9",
                "TOCSIN_MAIL_TLS",
                "none",
                "TOCSIN_MAIL_FROM",
                "lettre@quai-ouvert.example",
                "TOCSIN_PUBLIC_URL",
                "https://quai-ouvert.example");
        browser = Browser.ofTheFirst(daemon);
        foreign = new ForeignBranch(daemon, browser, folder, silent.getLocalPort(), site.url("/geheim.xml"));
    }

    @AfterAll
    static void stop() throws IOException {
        silent.close();
        site.close();
        browser.close();
        daemon.close();
    }

    record Way(String method, String path) {
        static Way of(String line) {
            String[] parts = line.split(" +");
            return new Way(parts[0], parts[1].replaceAll("\\{([a-z]+)}", ":$1"));
        }

        boolean names() {
            return NAMED.matcher(path).find();
        }

        /** What is named last is the second's own, what is before it the first's: a way of one recipient and another. */
        String to(String id, String second) {
            Matcher named = NAMED.matcher(path);
            StringBuilder to = new StringBuilder();
            boolean first = true;
            while (named.find()) {
                named.appendReplacement(to, first ? id : second);
                first = false;
            }
            return named.appendTail(to).toString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static Stream<Way> table(String table) {
        return table.lines().map(String::strip).filter(line -> !line.isEmpty()).map(Way::of);
    }

    private static Stream<Way> rest() {
        return table(RestAccessTest.TABLE).filter(Way::names);
    }

    private static Stream<Way> pages() {
        return table(DeskDoors.TABLE).filter(Way::names);
    }

    private static Stream<Way> lists() {
        return Stream.concat(table(RestAccessTest.TABLE), table(DeskDoors.TABLE))
                .filter(way -> way.method().equals("GET") && !way.names() && !STREAMS.contains(way.path()));
    }

    private static String missing(String id) {
        return id.length() == NOBODY.length() ? NOBODY : "nobody-at-all";
    }

    @ParameterizedTest
    @MethodSource("rest")
    void over_the_api(Way way) {
        String id = foreign.id(way.path());
        assertThat(id).as("a row of another branch for %s", way).isNotEmpty();
        boolean found = false;
        for (String body : way.method().equals("GET") ? List.of("") : BODIES) {
            byte[] sent = body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8);
            Answer there = daemon.send(daemon.token(), way.method(), way.to(id, foreign.way()), sent);
            Answer none = daemon.send(daemon.token(), way.method(), way.to(missing(id), NOBODY), sent);
            assertThat(there.status())
                    .as("%s %s", way, body)
                    .isEqualTo(none.status())
                    .isGreaterThanOrEqualTo(400);
            assertThat(there.body().replace(id, missing(id)).replace(foreign.way(), NOBODY))
                    .as("%s %s", way, body)
                    .isEqualTo(none.body())
                    .doesNotContain("geheim");
            found |= none.status() == 404;
        }
        assertThat(found)
                .as("%s was answered 404 once: else only its body was refused", way)
                .isTrue();
        assertThat(foreign.unharmed()).as("after %s", way).isTrue();
    }

    @Test
    void a_freeze_takes_no_channel_of_another_branch_and_does_not_tell_that_it_is_there() {
        String freeze = "{\"reason\":\"deuil\",\"channels\":[\"%s\"]}";
        Answer there = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/freeze",
                freeze.formatted(ForeignBranch.CHANNEL).getBytes(StandardCharsets.UTF_8));
        Answer none = daemon.send(
                daemon.token(),
                "POST",
                "/api/v1/freeze",
                freeze.formatted("nobody-at-all").getBytes(StandardCharsets.UTF_8));
        assertThat(there.status()).isEqualTo(none.status()).isEqualTo(422);
        assertThat(there.body().replace(ForeignBranch.CHANNEL, "nobody-at-all")).isEqualTo(none.body());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void at_the_desk(Way way) {
        String id = foreign.id(way.path());
        assertThat(id).as("a row of another branch for %s", way).isNotEmpty();
        Page there = knock(way, way.to(id, foreign.way()));
        Page none = knock(way, way.to(missing(id), NOBODY));
        assertThat(there.status()).as("%s", way).isEqualTo(none.status()).isEqualTo(404);
        assertThat(there.body().replace(id, missing(id))).as("%s", way).doesNotContain("geheim");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void in_no_list(Way way) {
        String body = way.path().startsWith("/api")
                ? daemon.send(daemon.token(), "GET", way.path(), null).body()
                : browser.get(way.path()).body();
        assertThat(body).as("%s", way).doesNotContain("geheim");
        assertThat(foreign.ids()).as("%s", way).noneMatch(body::contains);
    }

    private static Page knock(Way way, String path) {
        browser.get("/desk/account");
        return way.method().equals("GET") ? browser.get(path) : browser.post(path, foreign.form(way.path()));
    }
}
