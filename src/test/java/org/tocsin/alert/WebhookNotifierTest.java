package org.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.DeliverySettings;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.RetryPolicy;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;

/** A notice goes to the webhook signed, again until it is taken, and not for ever. */
class WebhookNotifierTest {
    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final HttpResult DOWN = answer(500);

    private final TestClock clock = new TestClock(START);
    private final SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), true);
    private final Receiver receiver = new Receiver();

    private SqlStore store;
    private WebhookNotifier notifier;

    /** Answers what it was told to, and keeps what it got. */
    private static final class Receiver implements HttpClient {
        private final Deque<HttpResult> answers = new ArrayDeque<>();
        private final List<HttpRequest> got = new ArrayList<>();

        @Override
        public HttpResult send(HttpRequest request) {
            got.add(request);
            return answers.isEmpty() ? answer(204) : answers.pop();
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            throw new UnsupportedOperationException();
        }
    }

    private static HttpResult answer(int status) {
        return new HttpResult.Answer(status, Map.of(), new byte[0]);
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
        DeliverySettings settings = new DeliverySettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                3);
        notifier = new WebhookNotifier(
                store,
                notices,
                receiver,
                URI.create("https://hook.example/tocsin"),
                Secret.of("shared"),
                new RetryPolicy(settings, new Random(1)),
                new Messages(),
                clock,
                new Wakeup());
        store.write(Urgency.REQUEST, tx -> {
            Message message = Message.of("publishing.token.expiring", "channel", "one", "at", "demain");
            notices.raise(tx, BranchId.MAIN, Notices.Kind.TOKEN_EXPIRING, "one", message);
            return message;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** @return how many were sent */
    private int run() {
        List<Notice> claimed = notifier.claim(10);
        for (Notice notice : claimed) {
            notifier.send(notice);
            notifier.release(notice);
        }
        return claimed.size();
    }

    private Notice notice() {
        return store.read(tx -> notices.page(tx, BranchId.MAIN, false, "", 10)).getFirst();
    }

    private static String body(HttpRequest request) {
        return request.body() instanceof HttpBody.Text text ? text.text() : "";
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_notice_is_signed_over_its_time_and_body_and_says_itself_in_both_languages() throws Exception {
        assertThat(run()).isEqualTo(1);
        HttpRequest request = receiver.got.getFirst();
        String seconds = String.valueOf(START.getEpochSecond());
        assertThat(request.headers())
                .containsEntry("X-Tocsin-Signature", "t=" + seconds + ",v1=" + hmac(seconds + "." + body(request)))
                .containsEntry("X-Tocsin-Event", notice().id());
        assertThat(body(request))
                .contains("\"kind\":\"TOKEN_EXPIRING\"", "Reconnectez-le avant", "Reconnect it before then")
                .doesNotContain("shared");
        assertThat(notice().state()).isEqualTo("SENT");
        assertThat(run()).as("taken once").isZero();
    }

    @Test
    void a_notice_that_was_not_taken_is_sent_again_with_its_id_after_a_while() {
        receiver.answers.add(DOWN);
        receiver.answers.add(new HttpResult.NoAnswer(new HttpFailure(HttpFailure.Kind.NOT_CONNECTED, "cut")));
        assertThat(run()).isEqualTo(1);
        assertThat(run()).as("not at once").isZero();
        clock.move(Duration.ofHours(1));
        assertThat(run()).isEqualTo(1);
        clock.move(Duration.ofHours(1));
        assertThat(run()).isEqualTo(1);
        assertThat(notice().state()).isEqualTo("SENT");
        assertThat(receiver.got.stream().map(WebhookNotifierTest::body).distinct())
                .as("the receiver can drop a repeat")
                .hasSize(1);
    }

    @Test
    void a_receiver_that_is_gone_is_given_up_after_three_days() {
        for (int i = 0; i < 200 && !notice().state().equals("FAILED"); i++) {
            receiver.answers.add(DOWN);
            run();
            clock.move(Duration.ofHours(1));
        }
        assertThat(notice().state()).isEqualTo("FAILED");
        assertThat(Duration.between(START, clock.instant())).isBetween(Duration.ofHours(72), Duration.ofHours(76));
        assertThat(run()).isZero();
        assertThat(notifier.nextAt()).isEmpty();
    }
}
