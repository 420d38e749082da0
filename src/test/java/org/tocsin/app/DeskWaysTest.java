package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;

/** Ways through the desk of a daemon that has a public address: by https behind a proxy, with a second factor, through a freeze. */
class DeskWaysTest {
    private static final String GOOD = "cheval agrafe vitrail marée";
    private static final String PUBLIC = "https://tocsin.example";

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(folder, "TOCSIN_PUBLIC_URL", PUBLIC);
        browser = new Browser(daemon.port());
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private String setupPath() {
        return daemon.post("/api/v1/setup-link", "{}").json().path("path").asText();
    }

    private Page setUp(String language) {
        Page form = browser.get(setupPath());
        return browser.post(
                "/desk/setup",
                "token",
                form.hidden("token"),
                "name",
                "Zoé",
                "login",
                "zoe@exemple.fr",
                "password",
                GOOD,
                "language",
                language);
    }

    private Page signIn() {
        browser.get("/desk/sign-in");
        return browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", GOOD);
    }

    @Test
    void a_person_reads_in_his_own_language_and_changes_it() {
        assertThat(setUp("en").body()).contains("<html lang=\"en\">").contains("Needs you");
        Page account = browser.post("/desk/account/name", "name", "Zoé <i>", "language", "fr");
        assertThat(account.body())
                .contains("<html lang=\"fr\">")
                .contains("Zoé &lt;i&gt;")
                .contains("enregistré");
    }

    @Test
    void a_fault_of_the_set_up_is_told_and_the_link_still_works() {
        String path = setupPath();
        Page form = browser.get(path);
        Page wrong = browser.post(
                "/desk/setup",
                "token",
                form.hidden("token"),
                "name",
                "Zoé",
                "login",
                "zoe",
                "password",
                "motdepasse1",
                "language",
                "fr");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(browser.get(path).status()).isEqualTo(200);
        String fresh = setupPath();
        assertThat(browser.get(path).status())
                .as("a fresh link ends the one before")
                .isEqualTo(403);
        assertThat(browser.get(fresh).status()).isEqualTo(200);
        assertThat(browser.get("/desk/setup?token=wrong").body()).contains("Ce lien ne fonctionne plus");
    }

    @Test
    void a_second_factor_is_turned_on_asked_for_and_turned_off() throws GeneralSecurityException {
        setUp("fr");
        browser.get("/desk/account");
        String key = browser.post("/desk/account/factor").hidden("key");
        assertThat(browser.post("/desk/account/factor/confirm", "key", key, "code", "x", "current", GOOD)
                        .status())
                .isEqualTo(422);
        assertThat(browser.post("/desk/account/factor/confirm", "key", "", "code", "x", "current", GOOD)
                        .status())
                .isEqualTo(422);
        Page unproven = browser.post("/desk/account/factor/confirm", "key", key, "code", code(key), "current", "x");
        assertThat(unproven.status()).isEqualTo(422);
        assertThat(unproven.body()).contains("Ce n’est pas votre mot de passe actuel", "name=\"current\"");
        // After a wrong one he waits a second, as at the door.
        Page codes = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> browser.post(
                                "/desk/account/factor/confirm", "key", key, "code", code(key), "current", GOOD),
                        page -> page.status() != 429);
        Matcher recovery = Pattern.compile("<code>([a-z2-7-]{19})</code>").matcher(codes.body());
        assertThat(recovery.find()).as(codes.body()).isTrue();
        browser.get("/desk/account");
        assertThat(browser.post("/desk/account/factor").status())
                .as("one that is on is removed first")
                .isEqualTo(409);
        browser.get("/desk/account");
        browser.post("/desk/sign-out");
        assertThat(signIn().path()).isEqualTo("/desk/code");
        String half = browser.cookie();
        assertThat(browser.get("/desk").path())
                .as("half a session opens nothing")
                .isEqualTo("/desk/sign-in");
        browser.get("/desk/code");
        assertThat(browser.post("/desk/code", "code", recovery.group(1)).path()).isEqualTo("/desk");
        assertThat(browser.cookie()).isNotEqualTo(half);
        assertThat(browser.get("/desk/account").body()).contains("Codes de secours restants\u00a0: 9");
        assertThat(browser.post("/desk/account/factor/remove", "current", GOOD).path())
                .isEqualTo("/desk/account?done=removed");
    }

    /** RFC 6238, as an app does it. */
    private static String code(String key) throws GeneralSecurityException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < key.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(key.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(bytes.array(), "RAW"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(Instant.now().getEpochSecond() / 30)
                .array());
        int number = ByteBuffer.wrap(hash, hash[19] & 0xF, 4).getInt() & 0x7FFFFFFF;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    @Test
    void what_is_held_is_shown_with_its_reason_and_goes_on_when_a_person_says_so() {
        setUp("fr");
        daemon.post("/api/v1/freeze", "{\"reason\":\"silence électoral\"}");
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write", "key", form.hidden("key"), "text", "Bonsoir", "channel", "rehearsal", "when", "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("En attente de vous"));
        Page home = browser.get("/desk");
        assertThat(home.body()).contains("silence électoral").contains("<span class=\"count\">1</span>");
        Matcher retry = Pattern.compile("(/desk/deliveries/[0-9a-f-]+)/retry").matcher(home.body());
        assertThat(retry.find()).isTrue();
        Page stale = browser.post(retry.group(), "version", "1");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("role=\"alert\"");
        String version = browser.get("/desk").hidden("version");
        Page frozen = browser.post(retry.group(), "version", version);
        assertThat(frozen.status()).as("it would only be held again").isEqualTo(409);
        assertThat(frozen.body()).contains("silence électoral").contains("role=\"alert\"");
        assertThat(browser.post(retry.group(), "version", version, "reason", "appel au calme")
                        .path())
                .isEqualTo("/desk?done=decided");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(post.path()).body().contains("publié aujourd’hui"));
    }

    @Test
    void behind_a_proxy_the_cookie_is_for_https_and_this_host_alone() throws IOException {
        setUp("fr");
        String page = raw("GET /desk/sign-in HTTP/1.1\r\nHost: tocsin.example\r\nX-Forwarded-For: 203.0.113.9\r\n");
        assertThat(page).startsWith("HTTP/1.1 200").contains("type=\"password\"");
        String form = "csrf=&login=zoe%40exemple.fr&password=" + URLEncoder.encode(GOOD, StandardCharsets.UTF_8);
        String answer = send("tocsin.example", PUBLIC, form);
        assertThat(answer).startsWith("HTTP/1.1 303");
        assertThat(answer)
                .containsPattern("(?i)set-cookie: __Host-tocsin=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure\r");
        assertThat(send("tocsin.example", "http://tocsin.example", form)).startsWith("HTTP/1.1 403");
        assertThat(send("192.0.2.7:8080", "http://192.0.2.7:8080", form))
                .startsWith("HTTP/1.1 403")
                .contains("HTTPS nécessaire")
                .contains("href=\"https://tocsin.example/desk\"");
    }

    @Test
    void a_proxy_that_was_spoken_to_in_the_clear_is_asked_for_no_password() throws IOException {
        setUp("fr");
        String door = "GET /desk/sign-in HTTP/1.1\r\nHost: tocsin.example\r\nX-Forwarded-Proto: ";
        assertThat(raw(door + "http\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("HTTPS nécessaire")
                .doesNotContainIgnoringCase("Strict-Transport-Security");
        assertThat(raw(door + "https\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Strict-Transport-Security: max-age=31536000\r");
        assertThat(browser.get("/desk").header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void behind_a_proxy_whoever_guesses_keeps_out_nobody_else() throws IOException {
        setUp("fr");
        String wrong = "csrf=&login=zoe%40exemple.fr&password=wrong";
        String right = "csrf=&login=zoe%40exemple.fr&password=" + URLEncoder.encode(GOOD, StandardCharsets.UTF_8);
        assertThat(from("203.0.113.9", wrong)).startsWith("HTTP/1.1 401");
        // He waits, and what he writes himself in the header is not looked at. The wait is a second, which a slow
        // machine may miss.
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            from("203.0.113.9", wrong);
            return from("203.0.113.9", right).startsWith("HTTP/1.1 429")
                    && from("10.1.1.1, 203.0.113.9", right).startsWith("HTTP/1.1 429");
        });
        assertThat(from("203.0.113.10", right)).as("another does not").startsWith("HTTP/1.1 303");
    }

    @Test
    void whoever_comes_by_the_public_address_does_not_shut_it_behind_himself_unasked() throws IOException {
        saidAtTheDesk();
        String entered = from(
                "203.0.113.10",
                "csrf=&login=zoe%40exemple.fr&password=" + URLEncoder.encode(GOOD, StandardCharsets.UTF_8));
        Matcher cookie = Pattern.compile("__Host-tocsin=([\\w-]{43})").matcher(entered);
        assertThat(cookie.find()).isTrue();
        String session = "\r\nCookie: __Host-tocsin=" + cookie.group(1);
        String page = raw("GET /desk/settings HTTP/1.1\r\nHost: tocsin.example\r\nX-Forwarded-Proto: https" + session
                + "\r\nConnection: close\r\n\r\n");
        Matcher csrf = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(csrf.find()).isTrue();
        String form = "csrf=" + csrf.group(1) + "&organisation=Mairie&postLanguage=fr&zone=Europe%2FParis&publicUrl=";
        for (String shut : List.of("", "http%3A%2F%2Ftocsin.example", "https%3A%2F%2Ftocsni.example")) {
            String answer = settings(session, form + shut);
            assertThat(answer).as(shut).startsWith("HTTP/1.1 422").contains("ne s’ouvrirait plus", "name=\"moved\"");
        }
        assertThat(settings(session, form + "info.exemple.fr%2Fx"))
                .as("what is no address is refused for itself")
                .startsWith("HTTP/1.1 422")
                .contains("n’est pas une adresse publique")
                .doesNotContain("ne s’ouvrirait plus", "name=\"moved\"");
        assertThat(settings(session, form + "https%3A%2F%2Fnouveau.example&moved=on"))
                .as("what he has tried")
                .doesNotContain("ne s’ouvrirait plus")
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void the_first_person_who_presses_twice_is_let_in_both_times() throws IOException {
        String path = setupPath();
        String form = "csrf=&once=4b1c6a3e-0000-4000-8000-000000000001&token=" + path.replaceAll(".*token=", "")
                + "&name=Zo%C3%A9&login=zoe%40exemple.fr&language=fr&password="
                + URLEncoder.encode(GOOD, StandardCharsets.UTF_8);
        assertThat(sent("/desk/setup", "203.0.113.10", form)).startsWith("HTTP/1.1 303");
        assertThat(sent("/desk/setup", "203.0.113.10", form)).startsWith("HTTP/1.1 303");
        assertThat(sent("/desk/setup", "203.0.113.10", form.replace("00001&", "00002&")))
                .as("another press of the link that was used")
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void a_password_that_is_changed_by_two_presses_was_not_wrong() {
        setUp("fr");
        Page account = browser.get("/desk/account");
        assertThat(account.body()).contains("name=\"once\"");
        String[] form = {
            "once", "4b1c6a3e-0000-4000-8000-000000000003", "current", GOOD, "password", "tambour glacier sureau onze"
        };
        String done = browser.post("/desk/account/password", form).path();
        assertThat(done).contains("done=");
        assertThat(browser.post("/desk/account/password", form).path()).isEqualTo(done);
    }

    /** A daemon whose public address no configuration sets. */
    private void saidAtTheDesk() throws IOException {
        browser.close();
        daemon.close();
        daemon = new RunningDaemon(folder);
        browser = new Browser(daemon.port());
        setUp("fr");
        browser.get("/desk/settings");
        browser.post(
                "/desk/settings",
                "organisation",
                "Mairie",
                "postLanguage",
                "fr",
                "zone",
                "Europe/Paris",
                "publicUrl",
                PUBLIC);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> browser.get("/desk/settings").body().contains("value=\"" + PUBLIC + "\""));
    }

    private String settings(String session, String form) throws IOException {
        return sent("/desk/settings", "203.0.113.10" + session, form);
    }

    private String from(String address, String form) throws IOException {
        return sent("/desk/sign-in", address, form);
    }

    private String sent(String path, String address, String form) throws IOException {
        return raw("POST " + path + " HTTP/1.1\r\nHost: tocsin.example\r\nOrigin: " + PUBLIC
                + "\r\nX-Forwarded-For: " + address + "\r\nX-Forwarded-Proto: https"
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nConnection: close\r\n\r\n" + form);
    }

    @Test
    void signing_in_leads_on_to_what_was_asked_for() {
        setUp("fr");
        browser.get("/desk/account");
        browser.post("/desk/sign-out");
        Page door = browser.get("/desk/write?text=Une%20f%C3%AAte%20%26%20un%20repas&url=https%3A%2F%2Fexemple.fr%2Ff");
        assertThat(door.path()).startsWith("/desk/sign-in?next=");
        String next = door.hidden("next").replace("&amp;", "&");
        Page shared = browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", GOOD, "next", next);
        assertThat(shared.path()).startsWith("/desk/write?");
        assertThat(shared.body()).contains("Une fête &amp; un repas\n\nhttps://exemple.fr/f");
        browser.get("/desk/account");
        browser.post("/desk/sign-out");
        Page refused = browser.post("/desk/sign-in", "login", "zoe@exemple.fr", "password", "wrong", "next", next);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.hidden("next")).as("kept").isEqualTo(door.hidden("next"));
        assertThat(browser.submit("/desk/sign-in", List.of(), "next", "https://evil.example")
                        .body())
                .doesNotContain("evil");
    }

    private String send(String host, String origin, String form) throws IOException {
        return raw("POST /desk/sign-in HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nConnection: close\r\n\r\n" + form);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
            OutputStream out = socket.getOutputStream();
            String whole = request.contains("\r\n\r\n") ? request : request + "Connection: close\r\n\r\n";
            out.write(whole.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
