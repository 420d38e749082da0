package org.tocsin.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a browser does at the desk: it keeps one cookie, names its origin, fills in forms with what is hidden in them, and follows. */
final class Browser implements AutoCloseable {
    /** A password that is good enough. */
    static final String GOOD = "cheval agrafe vitrail marée";

    private static final Pattern COOKIE = Pattern.compile("(\\S+?)=([^;]*)");
    private static final Pattern HIDDEN = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

    private final String base;
    private final HttpClient client;

    @Nullable
    private String cookie;

    private String csrf = "";

    Browser(int port) {
        this.base = "http://127.0.0.1:" + port;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** The browser of the first person of a new daemon, an administrator who reads French: signed in, by the set-up link. */
    static Browser ofTheFirst(RunningDaemon daemon) {
        return ofTheFirst(
                daemon.port(),
                daemon.post("/api/v1/setup-link", "{}").json().path("path").asText());
    }

    /** As above, by the path of a set-up link. */
    static Browser ofTheFirst(int port, String link) {
        Browser browser = new Browser(port);
        Page form = browser.get(link);
        browser.post(
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
                "fr");
        return browser;
    }

    /** The browser of somebody whom an administrator has just invited in that role; signed in, and reads French. */
    static Browser invited(RunningDaemon daemon, Browser administrator, String role) {
        administrator.get("/desk/team");
        String login = role.toLowerCase(Locale.ROOT) + "@exemple.fr";
        String made = administrator
                .post("/desk/team/invite", "login", login, "name", role, "role", role, "language", "fr")
                .body();
        Browser browser = new Browser(daemon.port());
        String link = made.replaceAll("(?s).*value=\"http://[^/]+(/desk/password[^\"]+)\".*", "$1");
        String token = browser.get(link).hidden("token");
        browser.post("/desk/password", "token", token, "password", "tambour glacier sureau onze");
        browser.get("/desk/sign-in");
        browser.post("/desk/sign-in", "login", login, "password", "tambour glacier sureau onze");
        return browser;
    }

    /** A page, after what it went on to. */
    record Page(int status, String path, String body, java.net.http.HttpHeaders headers) {
        /** The value of a hidden field. */
        String hidden(String name) {
            Matcher matcher =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            if (!matcher.find()) {
                throw new AssertionError(name + " is not in " + body);
            }
            return matcher.group(1);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    void cookie(@Nullable String value) {
        this.cookie = value;
    }

    void csrf(String value) {
        this.csrf = value;
    }

    Page get(String path, String... headers) {
        Page page = send("GET", path, null, headers);
        Matcher hidden = HIDDEN.matcher(page.body());
        if (hidden.find()) {
            csrf = hidden.group(1);
        }
        return page.status() == 303 ? get(page.header("Location")) : page;
    }

    /** Sends a form as a page of ours does, and follows. */
    Page post(String path, String... pairs) {
        Page page = submit(path, List.of("Origin", base, "Sec-Fetch-Site", "same-origin"), pairs);
        return page.status() == 303 ? get(page.header("Location")) : page;
    }

    /** The page, once the table that was sent there has been gone through. */
    Page settled(String path) {
        return await().atMost(Duration.ofMinutes(2))
                .until(() -> get(path), page -> !page.body().contains("<progress"));
    }

    Page submit(String path, List<String> headers, String... pairs) {
        List<String> fields = new ArrayList<>();
        fields.add("csrf=" + encoded(csrf));
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            fields.add(encoded(pairs[i]) + "=" + encoded(pairs[i + 1]));
        }
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return send("POST", path, String.join("&", fields), all.toArray(String[]::new));
    }

    /** Sends an image as the script of the page does. */
    Page upload(String path, byte[] image, String token) {
        return exchange(
                "POST",
                path,
                BodyPublishers.ofByteArray(image),
                "Origin",
                base,
                "Content-Type",
                "application/octet-stream",
                "X-Csrf",
                token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Page send(String method, String path, @Nullable String body, String... headers) {
        return exchange(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    private Page exchange(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("User-Agent", "Navigateur d'essai")
                .header("Accept-Language", "fr")
                .method(method, body);
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), Finite::body);
            response.headers()
                    .firstValue("Set-Cookie")
                    .map(COOKIE::matcher)
                    .filter(Matcher::find)
                    .ifPresent(set -> {
                        cookie = set.group(2).isEmpty() ? null : set.group();
                    });
            return new Page(response.statusCode(), path, response.body(), response.headers());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
