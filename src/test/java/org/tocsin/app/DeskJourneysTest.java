package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.mastodon.FakeMastodon;

/** What people do at the desk, from one end to the other, in a real browser, on a wide screen and on a phone. */
class DeskJourneysTest {
    private final AtomicInteger lost = new AtomicInteger();

    @TempDir
    private Path folder;

    private FakeMastodon mastodon;
    private RunningDaemon daemon;
    private Browser browser;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        daemon = new RunningDaemon(
                new Seams(CrashPoints.NONE, this::mute),
                folder,
                "TOCSIN_HTTP_ALLOW",
                "127.0.0.1:" + mastodon.peer().port());
        browser = Browser.ofTheFirst(daemon);
        chromium = Chromium.open(daemon, browser);
    }

    @AfterEach
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        browser.close();
        daemon.close();
        mastodon.close();
    }

    /** A rehearsal whose first answers may be lost, and which cannot be asked. */
    private Network mute(Network real) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                    boolean rehearsed = real.id().equals("rehearsal");
                    if (rehearsed && method.getName().equals("guarantee")) {
                        return Guarantee.of(Guarantee.Kind.NONE);
                    }
                    if (rehearsed && method.getName().equals("publish") && lost.getAndDecrement() > 0) {
                        return new PublishResult.Unknown(Reason.of("network.no-answer", "detail", "coupé"));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void a_channel_is_connected_and_a_post_goes_out_on_it(int width) {
        Page page = chromium.page(width, "/desk/channels");
        page.getByText("Connecter Mastodon").click();
        page.locator("input[name='answer.server']").fill(mastodon.origin());
        page.locator("button.main").click();
        chromium.well(page);
        page.locator("input[name='answer.code']").fill(FakeMastodon.CODE);
        page.locator("button.main").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]").first()).hasText("Le canal est connecté.");
        chromium.well(page);
        daemon.post("/api/v1/posts", "{\"text\":\"Marché de Noël samedi\",\"channels\":[\"mastodon\"]}");
        await().atMost(Duration.ofSeconds(20)).until(() -> !mastodon.effects().isEmpty());
        page.navigate(page.url().replaceAll("/desk/.*", "/desk"));
        PlaywrightAssertions.assertThat(page.locator("#main")).containsText("Marché de Noël samedi");
        chromium.well(page);
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void what_was_read_is_approved_and_nothing_that_was_changed_since(int width) {
        daemon.post(
                "/api/v1/channels",
                "{\"id\":\"strict\",\"network\":\"rehearsal\",\"settings\":{\"approval\":\"true\"},\"inDefaultSet\":false}");
        String author = daemon.post("/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"READ\",\"POST\"]}")
                .json()
                .path("token")
                .asText();
        byte[] text = "{\"text\":\"Fête du quartier\",\"channels\":[\"strict\"]}".getBytes(StandardCharsets.UTF_8);
        JsonNode post = daemon.send(author, "POST", "/api/v1/posts", text).json();
        String path = "/posts/" + post.path("id").asText();
        Page page = chromium.page(width, "/desk");
        page.getByText("Fête du quartier").click();
        PlaywrightAssertions.assertThat(page.locator("#approval")).containsText("Votre accord est demandé");
        chromium.well(page);
        daemon.send(
                author,
                "PATCH",
                "/api/v1" + path,
                "{\"version\":1,\"text\":\"Fête des voisins\"}".getBytes(StandardCharsets.UTF_8));
        page.locator("#approval button.main").click();
        PlaywrightAssertions.assertThat(page.locator("[role=alert]"))
                .containsText("a changé depuis que vous l’avez lue");
        PlaywrightAssertions.assertThat(page.locator("#main")).containsText("Fête des voisins");
        page.locator("#approval button.main").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]").first()).hasText("Accord donné.");
        PlaywrightAssertions.assertThat(page.locator("#deliveries .state.good")).hasCount(1);
        chromium.well(page, "409");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void what_nobody_can_tell_is_sent_again_where_a_person_says_so(int width) {
        lost.set(1);
        daemon.post("/api/v1/posts", "{\"text\":\"Sortie à vélo\",\"channels\":[\"rehearsal\"]}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("À vérifier depuis"));
        Page page = chromium.page(width, "/desk");
        PlaywrightAssertions.assertThat(page.locator("article.care")).containsText("Sortie à vélo");
        page.locator("button[value=resend]").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]").first()).isVisible();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/deliveries?state=PUBLISHED")
                                .json()
                                .path("items")
                                .size()
                        == 1);
        chromium.well(page);
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void a_post_is_planned_for_the_night_on_which_the_clocks_change(int width) {
        Page page = chromium.page(width, "/desk/write");
        page.locator("textarea[name=text]").fill("Nuit blanche");
        // The last Sunday of March, half an hour that there is not; then one that there is.
        page.locator("input[name=date]").fill("2031-03-30");
        page.locator("input[name=time]").fill("02:30");
        PlaywrightAssertions.assertThat(page.locator("#acts .main")).containsText("2\u202fh\u202f30");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page.locator("[role=alert]").first()).containsText("on avance les horloges");
        PlaywrightAssertions.assertThat(page.locator("textarea[name=text]")).hasValue("Nuit blanche");
        page.locator("input[name=time]").fill("03:30");
        PlaywrightAssertions.assertThat(page.locator("#acts .main")).containsText("30 mars 2031 3\u202fh\u202f30");
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/posts/[0-9a-f-]{36}.*"));
        JsonNode post = daemon.get("/api/v1/posts?limit=1").json().path("items").path(0);
        assertThat(post.path("deliveries").path(0).path("nextAt").asText()).startsWith("2031-03-30T01:30:00");
        page.navigate(page.url().replaceAll("/desk/.*", "/desk/calendar?view=month&date=2031-03-30"));
        PlaywrightAssertions.assertThat(page.locator("#main")).containsText("Nuit blanche");
        chromium.well(page, "422");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void a_day_without_a_figure_is_a_gap_and_no_line(int width) {
        LocalDate day = LocalDate.now(ZoneId.of("Europe/Paris")).minusDays(20);
        StringBuilder csv = new StringBuilder("channel,date,followers\n");
        for (int i = 0; i < 15; i++) {
            if (i < 5 || i > 8) {
                csv.append("rehearsal,")
                        .append(day.plusDays(i))
                        .append(',')
                        .append(100 + i)
                        .append("\n");
            }
        }
        assertThat(daemon.post("/api/v1/audience/import", csv.toString()).status())
                .isLessThan(300);
        Page page = chromium.page(width, "/desk/audience?days=30");
        PlaywrightAssertions.assertThat(page.locator("figure.chart canvas")).hasCount(1);
        // Columns of the chart with no ink in them: the line begins, is broken for five steps of thirty, and goes on.
        double broken = ((Number) page.evaluate("""
                        () => {
                          const canvas = document.querySelector("figure.chart canvas");
                          const dpr = devicePixelRatio;
                          const [left, right] = [66 * dpr, canvas.width - 68 * dpr];
                          const high = canvas.height - 56 * dpr;
                          const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, high);
                          const inked = [];
                          for (let x = Math.ceil(left); x < right; x++) {
                            let dark = false;
                            for (let y = 0; y < high; y++) {
                              const at = (y * width + x) * 4;
                              dark ||= data[at + 3] > 128 && data[at] + data[at + 1] + data[at + 2] < 240;
                            }
                            inked.push(dark);
                          }
                          const first = inked.indexOf(true);
                          const last = inked.lastIndexOf(true);
                          let widest = 0;
                          for (let x = first, run = 0; x <= last; x++) {
                            run = inked[x] ? 0 : run + 1;
                            widest = Math.max(widest, run);
                          }
                          return widest / inked.length;
                        }""")).doubleValue();
        assertThat(broken).as("part of the chart without a line").isBetween(3.5 / 30, 6.5 / 30);
        page.getByText("Tous les chiffres en tableau").click();
        PlaywrightAssertions.assertThat(page.locator("table.figures").first()).isVisible();
        chromium.well(page);
        String still = browser.get("/desk/audience?days=30").body();
        assertThat(Pattern.compile("<path[^>]* d=\"M[^\"]*M").matcher(still).find()
                        || still.split("<polyline", -1).length > 2)
                .as("two lines, and nothing between")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "fr, '\\d{1,2} (janv\\.|févr\\.|mars|avr\\.|mai|juin|juil\\.|août|sept\\.|oct\\.|nov\\.|déc\\.)'",
        "en, '\\d{1,2} [A-Z][a-z]{2,3}'"
    })
    void a_chart_writes_the_day_before_its_month(String language, String days) {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        daemon.post(
                "/api/v1/audience/import",
                "channel,date,followers\nrehearsal," + today.minusDays(20) + ",100\nrehearsal," + today.minusDays(1)
                        + ",120\n");
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoé", "language", language);
        Page page = chromium.page(1440);
        page.addInitScript("window.written = []; const fill = CanvasRenderingContext2D.prototype.fillText;"
                + "CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {"
                + " window.written.push(text); return fill.call(this, text, ...at); };");
        chromium.open(page, "/desk/audience?days=30");
        PlaywrightAssertions.assertThat(page.locator("figure.chart canvas")).hasCount(1);
        page.evaluate("() => new Promise(done => { const look = () =>"
                + " window.written.length > 4 ? done() : requestAnimationFrame(look); look(); })");
        assertThat(String.valueOf(
                                page.evaluate(
                                        "window.written.filter(text => /[a-z]/i.test(text) && !text.startsWith('- - -')).join('|')"))
                        .split("\\|"))
                .isNotEmpty()
                .allMatch(text -> text.matches(days));
        chromium.well(page);
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void whoever_reads_english_reads_all_of_it_in_english(int width) {
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoe", "language", "en");
        String post = daemon.post(
                        "/api/v1/posts",
                        "{\"text\":\"Hello\",\"channels\":[\"rehearsal\"],\"at\":\"2031-06-01T18:30\"}")
                .json()
                .path("id")
                .asText();
        for (String path : new String[] {
            "/desk",
            "/desk/write",
            "/desk/posts/" + post,
            "/desk/drafts",
            "/desk/rehearsal",
            "/desk/calendar?date=2031-06-01",
            "/desk/calendar?view=week&date=2031-06-01",
            "/desk/calendar?view=list&date=2031-06-01",
            "/desk/calendar/import",
            "/desk/calendar/slots",
            "/desk/campaigns",
            "/desk/mentions",
            "/desk/more",
            "/desk/channels",
            "/desk/freeze",
            "/desk/notices",
            "/desk/audience",
            "/desk/team",
            "/desk/settings",
            "/desk/account",
            "/desk/welcome",
            "/desk/audit",
            "/desk/tokens"
        }) {
            Page page = chromium.page(width, path);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
            assertThat(page.locator("body").innerText())
                    .as(path)
                    .doesNotContainPattern("(?iU)\\b(réglages|canaux|équipe|aujourd’hui|fuseau|enregistrer|écrire)\\b");
            chromium.well(page);
            page.close();
        }
    }
}
