package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.app.Browser.Page;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Network;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;

/** What nobody but a person can tell is decided at the desk. The first answer is lost, on a network that cannot be asked. */
class DeskDecisionsTest {
    private final AtomicInteger sent = new AtomicInteger();

    @TempDir
    private Path folder;

    private RunningDaemon daemon;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        daemon = new RunningDaemon(new Seams(CrashPoints.NONE, this::mute), folder);
        browser = Browser.ofTheFirst(daemon);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private Network mute(Network real) {
        return (Network) Proxy.newProxyInstance(
                Network.class.getClassLoader(), new Class<?>[] {Network.class}, (self, method, arguments) -> {
                    boolean rehearsed = real.id().equals("rehearsal");
                    if (rehearsed && method.getName().equals("guarantee")) {
                        return Guarantee.of(Guarantee.Kind.NONE);
                    }
                    if (rehearsed && method.getName().equals("publish") && sent.getAndIncrement() == 0) {
                        return new PublishResult.Unknown(Reason.of("network.no-answer", "detail", "coupé"));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** @return the page of the post, and the address of the decisions on its delivery */
    private String[] lost() {
        Page form = browser.get("/desk/write");
        Page post = browser.post(
                "/desk/write", "key", form.hidden("key"), "text", "Bonsoir", "channel", "rehearsal", "when", "now");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get("/desk").body().contains("À vérifier depuis"));
        Matcher found = Pattern.compile("(/desk/deliveries/[0-9a-f-]+)/resolve")
                .matcher(browser.get("/desk").body());
        assertThat(found.find()).isTrue();
        return new String[] {post.path(), found.group()};
    }

    @Test
    void it_is_not_there_and_is_sent_again() {
        String[] lost = lost();
        Page home = browser.get("/desk");
        assertThat(home.body()).contains("Il n’y est pas\u00a0: renvoyer").contains("Il est en ligne");
        assertThat(sent).hasValue(1);
        browser.post(lost[1], "version", home.hidden("version"), "decision", "resend");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(lost[0]).body().contains("publié aujourd’hui"));
        assertThat(sent).hasValue(2);
    }

    @Test
    void it_is_there_and_is_not_sent_again_and_a_foreign_link_is_told_where_it_was_typed() {
        String[] lost = lost();
        String version = browser.get("/desk").hidden("version");
        Page wrong = browser.post(
                lost[1], "version", version, "decision", "published", "url", "https://elsewhere.example/<1>");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("role=\"alert\"")
                .contains("Il est en ligne")
                .doesNotContain("<1>");
        Page post = browser.post(
                lost[1],
                "version",
                version,
                "decision",
                "published",
                "url",
                "",
                "post",
                lost[0].replace("/desk/posts/", ""));
        assertThat(post.path()).isEqualTo(lost[0] + "?done=decided");
        assertThat(post.body()).contains("publié aujourd’hui");
        assertThat(sent).hasValue(1);
    }

    @Test
    void a_decision_is_one_of_two_and_nothing_else_is_taken_for_one() {
        String[] lost = lost();
        String version = browser.get("/desk").hidden("version");
        assertThat(browser.post(lost[1], "version", version, "decision", "maybe")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(lost[1], "version", version).status()).isEqualTo(400);
        assertThat(browser.get(lost[0]).body()).contains("À vérifier depuis");
    }
}
