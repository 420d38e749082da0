package org.tocsin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.mail.ScriptedSmtp.CLOSE;
import static org.tocsin.mail.ScriptedSmtp.TAKE_AND_CLOSE;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tocsin.base.Secret;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;
import org.tocsin.mail.ScriptedSmtp.Place;
import org.tocsin.mail.SmtpSettings.Encryption;
import org.tocsin.network.TestClock;

/** Letters against a server that fails where it is told to: what is sent again, what is not, and what nobody knows. */
class SmtpLettersTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    private static Path folder;

    private static SSLContext tls;

    @BeforeAll
    static void certificate() throws Exception {
        tls = TestCertificates.context(folder);
    }

    private static LetterBox box(ScriptedSmtp server, Encryption encryption, @Nullable String password) {
        SSLSocketFactory sockets = tls.getSocketFactory();
        return new SmtpLetters(
                new SmtpSettings(
                        "127.0.0.1",
                        server.port(),
                        encryption,
                        password == null ? null : "tocsin",
                        password == null ? null : Secret.of(password),
                        "lettre@example.org"),
                sockets,
                "Les Amis\r\nBcc: eve@example.org",
                new TestClock(NOW));
    }

    private static LetterBox box(ScriptedSmtp server) {
        return box(server, Encryption.NONE, null);
    }

    private static Letter letter(String id, String to) {
        return letter(id, to, "Été : la piscine rouvre", Map.of());
    }

    private static Letter letter(String id, String to, String subject, Map<String, String> headers) {
        return new Letter(id, to, subject, "Bonjour à tous\n.\nsuite\n", "<p>Bonjour à tous</p>", "fr", headers);
    }

    private static String kind(Posted posted) {
        return switch (posted) {
            case Posted.Taken() -> "TAKEN";
            case Posted.Later later -> later.everyone() ? "LATER everyone" : "LATER";
            case Posted.Refused refused -> refused.address() ? "REFUSED address" : "REFUSED";
            case Posted.Unknown unknown -> "UNKNOWN";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GREETING | 421 busy                        | LATER everyone
                    GREETING | close                           | LATER everyone
                    EHLO     | close                           | LATER everyone
                    MAIL     | 421 4.7.0 later                 | LATER everyone
                    MAIL     | 451 4.3.0 later                 | LATER everyone
                    MAIL     | 550 5.1.8 who are you           | LATER everyone
                    MAIL     | 552 5.3.4 too large             | REFUSED
                    MAIL     | close                           | LATER
                    RCPT     | 421 4.3.2 shutting down         | LATER everyone
                    RCPT     | 450 4.2.1 greylisted            | LATER
                    RCPT     | 451 4.7.1 try again             | LATER
                    RCPT     | 452 4.2.2 full                  | LATER
                    RCPT     | 550 no such user                | REFUSED address
                    RCPT     | 550 relay not permitted         | REFUSED
                    RCPT     | 550 Access denied               | REFUSED
                    RCPT     | 551 not here                    | REFUSED address
                    RCPT     | 553 no such name                | REFUSED address
                    RCPT     | 550 5.1.1 no such user          | REFUSED address
                    RCPT     | 550 5.2.1 disabled              | REFUSED address
                    RCPT     | 550 5.7.1 your host is listed   | REFUSED
                    RCPT     | 550 5.1.8 bad sender            | REFUSED
                    RCPT     | 554 5.7.1 no                    | REFUSED
                    RCPT     | close                           | LATER
                    DATA     | 451 4.3.0 later                 | LATER
                    DATA     | 554 no valid recipients         | REFUSED
                    DATA     | close                           | LATER
                    TEXT     | close                           | UNKNOWN
                    DOT      | 421 4.3.0 later                 | LATER everyone
                    DOT      | 451 4.3.0 later                 | LATER
                    DOT      | 452 4.3.1 full                  | LATER
                    DOT      | 552 5.3.4 too large             | REFUSED
                    DOT      | 554 5.7.1 spam                  | REFUSED
                    DOT      | 550 5.1.1 no such user after all| REFUSED address
                    DOT      | close                           | UNKNOWN
                    DOT      | take and close                  | UNKNOWN
                    """)
    void what_the_server_says_decides(Place place, String reply, String expected) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null).at(place, reply);
                LetterBox.Line line = box(server).open()) {
            assertThat(kind(line.send(letter("a", "ada@example.org")))).isEqualTo(expected);
            boolean taken = reply.equals(TAKE_AND_CLOSE);
            assertThat(server.taken()).hasSize(taken ? 1 : 0);
            // The next letter goes on, whatever happened to this one, on a new connection where the old one is gone.
            assertThat(line.send(letter("b", "bob@example.org"))).isEqualTo(new Posted.Taken());
            assertThat(server.taken()).hasSize(taken ? 2 : 1);
            assertThat(server.taken().getLast().to()).isEqualTo("bob@example.org");
        }
    }

    /** A short letter leaves at once with its final dot, see above; of a long one it is known that the dot was not said. */
    @Test
    void a_connection_that_ends_in_the_midst_of_a_long_text_has_delivered_nothing() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null).at(Place.TEXT, CLOSE);
                LetterBox.Line line = box(server).open()) {
            Letter longer = new Letter("a", "ada@example.org", "x", "mot ".repeat(2_000_000), null, "fr", Map.of());
            assertThat(kind(line.send(longer))).isEqualTo("LATER");
            assertThat(server.taken()).isEmpty();
        }
    }

    @Test
    void one_connection_serves_many_and_is_reset_between() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null);
                LetterBox.Line line = box(server).open()) {
            for (int i = 0; i < 5; i++) {
                assertThat(line.send(letter("id-" + i, "u" + i + "@example.org")))
                        .isEqualTo(new Posted.Taken());
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.commands().stream().filter("RSET"::equals)).hasSize(4);
            assertThat(server.commands().stream().filter(line1 -> line1.startsWith("RCPT")))
                    .hasSize(5);
        }
    }

    @Test
    void a_connection_that_was_closed_meanwhile_is_opened_anew() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null);
                LetterBox.Line line = box(server).open()) {
            assertThat(line.send(letter("a", "ada@example.org"))).isEqualTo(new Posted.Taken());
            server.drop();
            assertThat(line.send(letter("b", "bob@example.org"))).isEqualTo(new Posted.Taken());
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_server_from_which_tls_was_taken_away_gets_neither_password_nor_text() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, "tocsin:right");
                LetterBox.Line line = box(server, Encryption.STARTTLS, "right").open()) {
            assertThat(kind(line.send(letter("a", "ada@example.org")))).isEqualTo("LATER everyone");
            assertThat(server.commands()).allMatch(said -> said.startsWith("EHLO") || said.equals("QUIT"));
        }
    }

    @Test
    void a_wrong_password_waits_for_a_person_and_a_right_one_is_said_over_tls_only() throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(tls, "tocsin:right")) {
            try (LetterBox.Line line = box(server, Encryption.STARTTLS, "wrong").open()) {
                Posted posted = line.send(letter("a", "ada@example.org"));
                assertThat(kind(posted)).isEqualTo("LATER everyone");
                assertThat(((Posted.Later) posted).why().code()).isEqualTo("newsletter.mail.authentication");
            }
            try (LetterBox.Line line = box(server, Encryption.STARTTLS, "right").open()) {
                assertThat(line.send(letter("a", "ada@example.org"))).isEqualTo(new Posted.Taken());
            }
            List<String> said = server.commands();
            assertThat(said.indexOf("STARTTLS")).isLessThan(indexOf(said, "AUTH"));
        }
    }

    private static int indexOf(List<String> said, String verb) {
        return said.indexOf(
                said.stream().filter(one -> one.startsWith(verb)).findFirst().orElseThrow());
    }

    @Test
    void what_arrives_is_what_was_meant() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null)) {
            String words = "mot ".repeat(2_000) + "fin";
            Letter letter = new Letter(
                    "n.1.abc",
                    "ada@example.org",
                    "Été : la piscine rouvre",
                    words + "\n.\n",
                    "<p>" + words + "</p>",
                    "fr",
                    Map.of(
                            "List-Id", "<newsletter.main.example.org>",
                            "List-Unsubscribe", "<https://example.org/leave/x>",
                            "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            assertThat(box(server).send(letter)).isEqualTo(new Posted.Taken());

            ScriptedSmtp.Taken taken = server.taken().getFirst();
            assertThat(taken.raw().lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 998);
            assertThat(taken.messageId()).isEqualTo("n.1.abc@example.org");
            assertThat(taken.header("Date")).startsWith("Thu, 26 Nov 2026");
            assertThat(taken.header("Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(taken.header("Content-Language")).isEqualTo("fr");
            assertThat(taken.header("List-Id")).isEqualTo("<newsletter.main.example.org>");
            assertThat(taken.header("List-Unsubscribe")).isEqualTo("<https://example.org/leave/x>");
            assertThat(taken.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
            // The sender's name is one line, whatever the organisation is called.
            assertThat(taken.raw().lines().filter(line -> line.startsWith("Bcc")))
                    .isEmpty();
            MimeMessage read = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(taken.raw().getBytes(StandardCharsets.UTF_8)));
            assertThat(read.getSubject()).isEqualTo("Été : la piscine rouvre");
            MimeMultipart parts = (MimeMultipart) read.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            assertThat(((String) parts.getBodyPart(0).getContent()).replace("\r\n", "\n"))
                    .isEqualTo(words + "\n.\n");
            assertThat((String) parts.getBodyPart(1).getContent()).isEqualTo("<p>" + words + "</p>");
        }
    }

    private static Stream<Letter> hostile() {
        String more = "x\r\nBcc: eve@example.org";
        return Stream.of(
                letter("a", "ada@example.org", more, Map.of()),
                letter("a", "ada@example.org", "x\u0000", Map.of()),
                letter("a", "ada@example.org", "x\u2028y", Map.of()),
                letter("a\r\nBcc: eve", "ada@example.org"),
                letter("a> <b", "ada@example.org"),
                letter("a", "ada@example.org\r\nBcc: eve@example.org"),
                letter("a", "ada@example.org", "x", Map.of("List-Id", more)),
                letter("a", "ada@example.org", "x", Map.of("X: y\r\nBcc", "eve@example.org")));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void what_would_begin_another_header_is_refused_and_nothing_is_said(Letter letter) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(null, null)) {
            assertThat(kind(box(server).send(letter))).isEqualTo("REFUSED");
            assertThat(server.connections()).isZero();
        }
    }
}
