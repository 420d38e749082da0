package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** What needs a person and is no delivery has its place at the desk, and home counts all that waits. */
class DeskNoticesTest {
    private static final String COUNT = "<span class=\"count\">%d</span>";

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(new Seams(CrashPoints.NONE, DeskNoticesTest::refusing), folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private static Network refusing(Network real) {
        return !real.id().equals("rehearsal")
                ? real
                : (Network) Proxy.newProxyInstance(
                        Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                            if (method.getName().equals("publish")) {
                                return new PublishResult.Refused(Reason.of("network.no-answer", "detail", "non"));
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** @return of the path under which the notice is put away */
    private String ending() {
        Instant end = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        assertThat(daemon.post(
                                "/api/v1/channels",
                                "{\"id\":\"essai\",\"name\":\"Essai\",\"network\":\"rehearsal\",\"inDefaultSet\":false,"
                                        + "\"settings\":{\"tokenExpiresAt\":\"" + end + "\"}}")
                        .status())
                .isLessThan(300);
        browser.post("/desk/channels/essai/check");
        Page home = browser.get("/desk");
        Matcher away = Pattern.compile("action=\"(/desk/notices/[0-9a-f-]+/acknowledge)\"")
                .matcher(home.body());
        assertThat(away.find()).as(home.body()).isTrue();
        return away.group(1);
    }

    @Test
    void an_access_that_ends_stands_at_home_until_it_is_put_away() {
        assertThat(browser.get("/desk").body())
                .doesNotContain("class=\"count\"")
                .doesNotContain("À régler");
        String away = ending();
        Page home = browser.get("/desk");
        assertThat(home.body())
                .contains(
                        "À régler", "accès bientôt périmé", "Le jeton du canal Essai expire", "href=\"/desk/channels\"")
                .contains(COUNT.formatted(1));
        assertThat(browser.get("/desk/channels").body()).contains("Son accès prend fin");

        assertThat(browser.post(away, "from", "home").path()).startsWith("/desk?");
        assertThat(browser.get("/desk").body())
                .doesNotContain("Le jeton du canal Essai")
                .doesNotContain("class=\"count\"");
        assertThat(browser.get("/desk/notices").body()).contains("Aucun avis ici");
        assertThat(browser.get("/desk/notices?show=all").body())
                .contains("Le jeton du canal Essai expire", "réglé ou rangé");
        assertThat(browser.post(away).body()).as("pressed twice").contains("L’avis est rangé");
        assertThat(browser.get("/desk/audit").body()).contains("a pris acte d’un avis");
    }

    @Test
    void who_cannot_see_to_it_is_not_counted_for_it() {
        ending();
        try (Browser author = Browser.invited(daemon, browser, "AUTHOR")) {
            assertThat(author.get("/desk").body()).doesNotContain("À régler").doesNotContain("class=\"count\"");
            assertThat(author.get("/desk/notices").body())
                    .contains("Le jeton du canal Essai expire")
                    .doesNotContain("/acknowledge")
                    .doesNotContain("href=\"/desk/channels\"");
        }
    }

    @Test
    void what_was_refused_counts_until_it_is_set_aside() {
        Page form = browser.get("/desk/write");
        browser.post(
                "/desk/write", "key", form.hidden("key"), "text", "Bonsoir", "channel", "rehearsal", "when", "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("Mettre de côté"));
        Page home = browser.get("/desk");
        assertThat(home.body()).contains(COUNT.formatted(1));
        Matcher delivery = Pattern.compile("action=\"(/desk/deliveries/[0-9a-f-]+/cancel)\"")
                .matcher(home.body());
        assertThat(delivery.find()).isTrue();
        browser.post(delivery.group(1), "version", home.hidden("version"));
        assertThat(browser.get("/desk").body()).doesNotContain("class=\"count\"");
    }
}
