package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.network.FakeServer;
import org.tocsin.network.bluesky.FakeBluesky;
import org.tocsin.network.mastodon.FakeMastodon;
import org.tocsin.network.telegram.FakeTelegram;
import org.tocsin.network.x.FakeX;

/**
 * Every network is connected at the desk in a real browser, first with something wrong: it is said at its field. A first post goes out,
 * the access dies, the next post waits, the channel is reconnected, and that post goes out by itself.
 */
class DeskConnectBrowserTest {
    @TempDir
    private Path folder;

    private FakeMastodon mastodon;
    private FakeBluesky bluesky;
    private FakeTelegram telegram;
    private FakeX x;
    private RunningDaemon daemon;
    private Browser browser;
    private Chromium chromium;

    @BeforeEach
    void start() throws IOException {
        mastodon = new FakeMastodon(Clock.systemUTC());
        bluesky = new FakeBluesky(Clock.systemUTC());
        telegram = new FakeTelegram(Clock.systemUTC());
        x = new FakeX(Clock.systemUTC());
        daemon = new RunningDaemon(
                Seams.NONE.connecting(x.origin()),
                folder,
                "TOCSIN_TELEGRAM_SERVER",
                telegram.origin(),
                "TOCSIN_HTTP_ALLOW",
                Stream.<FakeServer>of(mastodon, bluesky, telegram, x)
                        .map(server -> server.peer().toString())
                        .collect(Collectors.joining(",")));
        browser = Browser.ofTheFirst(daemon);
        chromium = Chromium.open(daemon, browser);
    }

    @AfterEach
    void stop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        browser.close();
        daemon.close();
        mastodon.close();
        bluesky.close();
        telegram.close();
        x.close();
    }

    private Page channels(int width, String language) {
        browser.get("/desk/account");
        browser.post("/desk/account/name", "name", "Zoé", "language", language);
        return chromium.page(width, "/desk/channels");
    }

    @ParameterizedTest
    @CsvSource({"1440, fr, n’accepte pas le code. Il sert une fois", "360, en, does not accept the code. It works once"
    })
    void mastodon(int width, String language, String wrong) {
        Page page = channels(width, language);
        begin(page, "mastodon");
        answer(page, Map.of("server", mastodon.origin()));
        answer(page, Map.of("code", "passé"));
        refused(page, "code", wrong);
        answer(page, Map.of("code", FakeMastodon.CODE));
        lives(page, mastodon, "mastodon", () -> mastodon.token("un-autre"), () -> {
            answer(page, Map.of("server", mastodon.origin()));
            answer(page, Map.of("code", FakeMastodon.CODE));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1440, fr, n’accepte pas cet identifiant avec ce mot de passe d’application, C’est le mot de passe principal du compte",
        "360, en, does not accept this handle with this app password, This is the account's main password"
    })
    void bluesky(int width, String language, String wrong, String main) {
        Page page = channels(width, language);
        begin(page, "bluesky");
        answer(page, bluesky("faux-faux-faux-faux"));
        refused(page, "appPassword", wrong);
        PlaywrightAssertions.assertThat(page.locator("input[name='answer.identifier']"))
                .hasValue(FakeBluesky.HANDLE);
        answer(page, bluesky(FakeBluesky.MAIN_PASSWORD));
        refused(page, "appPassword", main);
        answer(page, bluesky(FakeBluesky.APP_PASSWORD));
        lives(
                page,
                bluesky,
                "bluesky",
                () -> bluesky.password("zyxw-vuts-rqpo-nmlk"),
                () -> answer(page, bluesky("zyxw-vuts-rqpo-nmlk")));
    }

    @Test
    void whoever_comes_from_the_first_steps_goes_on_with_them() {
        Page page = chromium.page(1440, "/desk/welcome?later=house");
        begin(page, "bluesky");
        answer(page, bluesky("faux-faux-faux-faux"));
        refused(page, "appPassword", "mot de passe d’application");
        answer(page, bluesky(FakeBluesky.APP_PASSWORD));
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/welcome.*"));
        PlaywrightAssertions.assertThat(page.locator("main")).containsText("Le canal est connecté");
    }

    private Map<String, String> bluesky(String password) {
        return Map.of("identifier", FakeBluesky.HANDLE, "appPassword", password, "server", bluesky.origin());
    }

    @ParameterizedTest
    @CsvSource({
        "1440, fr, Ceci n’est pas le jeton d’un robot, Telegram n’accepte pas le jeton du robot, n’a encore entendu parler d’aucun canal",
        "360, en, This is not the token of a bot, Telegram does not accept the bot’s token, has not heard of any channel yet"
    })
    void telegram(int width, String language, String malformed, String wrong, String none) {
        String fresh = FakeTelegram.TOKEN.replaceFirst("AAE", "AAF");
        Page page = channels(width, language);
        begin(page, "telegram");
        answer(page, Map.of("botToken", "123"));
        refused(page, "botToken", malformed);
        answer(page, Map.of("botToken", fresh));
        refused(page, "botToken", wrong);
        answer(page, Map.of("botToken", FakeTelegram.TOKEN));
        answer(page, Map.of());
        refused(page, "chat", none);
        telegram.posted("Bonjour");
        answer(page, Map.of());
        lives(page, telegram, "telegram", () -> telegram.token(fresh), () -> {
            answer(page, Map.of("botToken", fresh));
            answer(page, Map.of());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1440, fr, X n’accepte pas la clé et le secret de l’application, X n’accepte pas le code PIN",
        "360, en, X does not accept the consumer key and secret, X does not accept the PIN"
    })
    void x(int width, String language, String app, String pin) {
        Page page = channels(width, language);
        begin(page, "x");
        answer(page, Map.of("consumerKey", FakeX.KEY, "consumerSecret", "faux"));
        refused(page, "consumerKey", app);
        answer(page, Map.of("consumerKey", FakeX.KEY, "consumerSecret", FakeX.SECRET));
        answer(page, Map.of("pin", "0000000"));
        refused(page, "pin", pin);
        PlaywrightAssertions.assertThat(page.locator("input[name='answer.monthlyCeilingUsd']"))
                .hasValue("10");
        answer(page, Map.of("pin", FakeX.PIN));
        lives(page, x, "x", () -> ceiling(page), () -> {
            answer(page, Map.of("consumerKey", FakeX.KEY, "consumerSecret", FakeX.SECRET));
            PlaywrightAssertions.assertThat(page.locator("input[name='answer.monthlyCeilingUsd']"))
                    .hasValue("25.5");
            answer(page, Map.of("pin", FakeX.PIN));
        });
        assertThat(kept()).as("it is kept by a new connection").isEqualTo("25.5");
    }

    private String kept() {
        return daemon.get("/api/v1/channels")
                .json()
                .path("items")
                .findValue("monthlyCeilingUsd")
                .asText();
    }

    /** What the channel may cost is shown and changed where its other settings are; then its token dies. */
    private void ceiling(Page page) {
        chromium.open(page, "/desk/channels");
        Locator form = card(page, "x").locator("form[action='/desk/channels/x/settings']");
        card(page, "x").locator("summary").first().click();
        PlaywrightAssertions.assertThat(form.locator("input[name=ceiling]")).hasValue("10");
        form.locator("input[name=ceiling]").fill("beaucoup");
        form.locator("button").click();
        PlaywrightAssertions.assertThat(page.locator("[role=alert]").first()).containsText("beaucoup");
        form.locator("input[name=ceiling]").fill("25,5");
        form.locator("button").click();
        PlaywrightAssertions.assertThat(card(page, "x")).containsText("25.50");
        assertThat(kept()).isEqualTo("25.5");
        x.token("2244994945-un-autre");
    }

    /** From the word that it is connected to the second post. */
    private void lives(Page page, FakeServer server, String network, Runnable dies, Runnable again) {
        connected(page);
        PlaywrightAssertions.assertThat(card(page, network).locator(".state.good"))
                .isVisible();
        published(page, network, "Marché de Noël samedi");
        await().atMost(Duration.ofSeconds(20)).until(() -> server.effects().size() == 1);
        PlaywrightAssertions.assertThat(page.locator("#deliveries .state.good")).isVisible();
        dies.run();
        published(page, network, "Il y aura du vin chaud");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get("/api/v1/deliveries?state=HELD")
                                .json()
                                .path("items")
                                .size()
                        == 1);
        chromium.open(page, "/desk");
        PlaywrightAssertions.assertThat(page.locator("#main"))
                .containsText(
                        Pattern.compile("sous Canaux|under Channels|reconnectez le canal|connect the channel again"));
        chromium.open(page, "/desk/channels");
        PlaywrightAssertions.assertThat(card(page, network).locator(".state.wrong"))
                .isVisible();
        card(page, network)
                .locator("form[action='/desk/channels/connect'] button.main")
                .click();
        again.run();
        connected(page);
        PlaywrightAssertions.assertThat(card(page, network).locator(".state.good"))
                .isVisible();
        await().atMost(Duration.ofSeconds(20)).until(() -> server.effects().size() == 2);
        // A form that is answered with what is wrong in it is a failed request to the console.
        chromium.well(page, "422");
    }

    private static Locator card(Page page, String network) {
        return page.locator("section.card.edge")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("form[action='/desk/channels/" + network + "/check']")));
    }

    private static void begin(Page page, String network) {
        page.locator("form.row")
                .filter(new Locator.FilterOptions().setHas(page.locator("input[value=" + network + "]")))
                .locator("button")
                .click();
    }

    private void answer(Page page, Map<String, String> fields) {
        fields.forEach((field, value) ->
                page.locator("input[name='answer." + field + "']").fill(value));
        chromium.well(page, "422");
        page.locator("button.main").click();
    }

    /** Said at the field, which is where one types next; nowhere else. */
    private static void refused(Page page, String field, String why) {
        Locator input = page.locator("input[name='answer." + field + "']");
        PlaywrightAssertions.assertThat(page.locator("[role=alert]")).hasCount(1);
        PlaywrightAssertions.assertThat(input).hasAccessibleDescription(Pattern.compile(why));
        PlaywrightAssertions.assertThat(input).hasAttribute("aria-invalid", "true");
        PlaywrightAssertions.assertThat(input).isFocused();
    }

    private static void connected(Page page) {
        PlaywrightAssertions.assertThat(page.locator("[role=status]").first())
                .hasText(Pattern.compile("Le canal est connecté\\.|The channel is connected\\."));
    }

    private void published(Page page, String network, String text) {
        chromium.open(page, "/desk/write");
        for (Locator chip : page.locator("input[name=channel]").all()) {
            chip.setChecked(chip.getAttribute("value").equals(network));
        }
        page.locator("textarea[name=text]").fill(text);
        PlaywrightAssertions.assertThat(page.locator("#preview .said")).hasText(text);
        page.locator("#acts .main").click();
        PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile(".*/desk/posts/[0-9a-f-]{36}.*"));
    }
}
