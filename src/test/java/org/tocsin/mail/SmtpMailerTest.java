package org.tocsin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.AuthenticationHandlerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.tocsin.alert.way.Sent;
import org.tocsin.base.Secret;
import org.tocsin.network.TestClock;

/** Mail against a real server: over TLS or not at all, with the headers that we mean and no others. */
class SmtpMailerTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    private static Path folder;

    private static SSLContext tls;

    /** One mail as it arrived. */
    private record Got(String from, String to, String raw) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private int answers;

    @BeforeAll
    static void certificate() throws Exception {
        tls = TestCertificates.context(folder);
    }

    /** Keeps what arrives, or refuses the recipient with the code that was set. */
    private final class Inbox implements MessageHandler {
        private String from = "";
        private String to = "";

        @Override
        public void from(String sender) {
            from = sender;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (answers != 0) {
                throw new RejectException(answers, "no");
            }
            to = recipient;
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            got.add(new Got(from, to, new String(data.readAllBytes(), StandardCharsets.UTF_8)));
            return null;
        }

        @Override
        public void done() {
            // Nothing is held.
        }
    }

    private SMTPServer server(boolean startTls) {
        SSLSocketFactory sockets = tls.getSocketFactory();
        AuthenticationHandlerFactory authentication =
                new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals("tocsin") || !password.equals("right")) {
                        throw new LoginFailedException();
                    }
                });
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory((MessageContext context) -> new Inbox())
                .authenticationHandlerFactory(authentication)
                .enableTLS(startTls)
                .startTlsSocketFactory(socket -> {
                    SSLSocket secure = (SSLSocket) sockets.createSocket(
                            socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
                    secure.setUseClientMode(false);
                    return secure;
                })
                .build();
        server.start();
        return server;
    }

    private static SmtpMailer mailer(int port, SmtpSettings.Encryption encryption, String password) {
        return new SmtpMailer(
                new SmtpSettings("127.0.0.1", port, encryption, "tocsin", Secret.of(password), "tocsin@example.org"),
                tls.getSocketFactory(),
                new TestClock(NOW));
    }

    private Sent send(boolean offered, SmtpSettings.Encryption encryption, String password, String subject) {
        SMTPServer server = server(offered);
        try {
            return mailer(server.getPortAllocated(), encryption, password)
                    .send("ada@example.org", subject, "Bonjour à tous\n.\nsuite", "0199-id");
        } finally {
            server.stop();
        }
    }

    @Test
    void a_mail_goes_over_tls_with_an_id_of_its_own_and_as_plain_text() {
        assertThat(send(true, SmtpSettings.Encryption.STARTTLS, "right", "Été : piscine"))
                .isEqualTo(new Sent.Taken());
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().from()).isEqualTo("tocsin@example.org");
        assertThat(got.getFirst().to()).isEqualTo("ada@example.org");
        assertThat(got.getFirst().raw())
                .contains("Message-ID: <0199-id@example.org>")
                .contains("Auto-Submitted: auto-generated")
                .contains("Content-Type: text/plain; charset=UTF-8")
                .contains("Date: Thu, 26 Nov 2026")
                .contains("Subject: =?UTF-8?")
                .contains("suite");
    }

    @Test
    void a_line_end_in_the_subject_makes_no_header() {
        assertThat(send(true, SmtpSettings.Encryption.STARTTLS, "right", "x\r\nBcc: eve@example.org\r\n\r\nhello"))
                .isEqualTo(new Sent.Taken());
        assertThat(got.getFirst()
                        .raw()
                        .lines()
                        .filter(line -> line.startsWith("Bcc"))
                        .toList())
                .isEmpty();
        assertThat(got.getFirst().to()).isEqualTo("ada@example.org");
    }

    @Test
    void a_server_without_tls_gets_nothing() {
        assertThat(send(false, SmtpSettings.Encryption.STARTTLS, "right", "x")).isInstanceOf(Sent.Later.class);
        assertThat(got).isEmpty();
    }

    @Test
    void a_wrong_password_waits_for_a_person() {
        assertThat(send(true, SmtpSettings.Encryption.STARTTLS, "wrong", "x"))
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later -> assertThat(later.why().code()).isEqualTo("alerting.mail.authentication"));
    }

    @Test
    void a_refusal_is_for_good_and_a_delay_is_not() {
        answers = 550;
        assertThat(send(true, SmtpSettings.Encryption.STARTTLS, "right", "x")).isInstanceOf(Sent.Refused.class);
        answers = 451;
        assertThat(send(true, SmtpSettings.Encryption.STARTTLS, "right", "x")).isInstanceOf(Sent.Later.class);
        assertThat(got).isEmpty();
    }

    @Test
    void nobody_there_is_not_for_good() {
        SMTPServer server = server(true);
        int port = server.getPortAllocated();
        server.stop();
        assertThat(mailer(port, SmtpSettings.Encryption.TLS, "right").send("ada@example.org", "x", "y", "id"))
                .isInstanceOf(Sent.Later.class);
    }

    @Test
    void a_server_that_hangs_up_after_the_text_may_have_taken_it() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpAfterTheText(server));
            SmtpSettings settings = new SmtpSettings(
                    "127.0.0.1", server.getLocalPort(), SmtpSettings.Encryption.NONE, null, null, "tocsin@example.org");
            assertThat(new SmtpMailer(settings, tls.getSocketFactory(), new TestClock(NOW))
                            .send("ada@example.org", "x", "y", "id"))
                    .isInstanceOf(Sent.Unknown.class);
        }
    }

    private static void hangUpAfterTheText(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String reply = "220 hi";
            boolean text = false;
            while (true) {
                if (!text || !reply.isEmpty()) {
                    socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                String line = String.valueOf(in.readLine());
                if (text && line.equals(".")) {
                    return;
                }
                text = text || line.equals("DATA");
                reply = !text ? "250 ok" : line.equals("DATA") ? "354 go" : "";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
