package org.tocsin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.letter.Returned;

/** What machines say of letters is read; what people say, and what is made up to look like it, is not. */
class ReturnParserTest {
    private static final String DSN = """
            From: MAILER-DAEMON@mx.example
            To: lettre@amis.example
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain; charset=us-ascii

            I am sorry: 5.1.1 does not matter here.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; ana@example.org
            Action: ACTION
            Status: STATUS
            Diagnostic-Code: smtp; 550 no such user

            --b1
            Content-Type: ORIGINAL

            Message-ID: <n.abc@amis.example>
            Subject: La lettre

            --b1--
            """;

    private static Optional<Returned> read(String raw) throws MessagingException, IOException {
        return ReturnParser.read(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
    }

    private static String dsn(String action, String status, String original) {
        return DSN.replace("ACTION", action).replace("STATUS", status).replace("ORIGINAL", original);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, text/rfc822-headers, BOUNCED",
        "failed, 5.1.1, message/rfc822, BOUNCED",
        "Failed, 5.2.1 (mailbox disabled), message/rfc822, BOUNCED",
        "failed, 5.1.10, text/rfc822-headers, BOUNCED",
        "failed, 5.1.8, text/rfc822-headers, REFUSED",
        "failed, 5.7.1, text/rfc822-headers, REFUSED",
        "failed, 5.2.2, text/rfc822-headers, REFUSED",
        "failed, 5.0.0, text/rfc822-headers, REFUSED",
        "failed, 4.4.7, message/rfc822, REFUSED",
        "delayed, 4.4.1, text/rfc822-headers, DELAYED"
    })
    void a_status_names_the_letter_and_what_became_of_it(
            String action, String status, String original, Returned.Kind kind) throws Exception {
        assertThat(read(dsn(action, status, original))).contains(new Returned("n.abc", kind, status.split(" ")[0]));
    }

    @Test
    void a_complaint_is_read() throws Exception {
        assertThat(read("""
                                Content-Type: multipart/report; report-type=feedback-report; boundary=x

                                --x
                                Content-Type: text/plain

                                This is an email abuse report.
                                --x
                                Content-Type: message/feedback-report

                                Feedback-Type: abuse
                                User-Agent: SomeGenerator/1.0
                                Version: 1

                                --x
                                Content-Type: message/rfc822

                                Message-ID: <n.abc@amis.example>
                                Subject: La lettre

                                Bonjour
                                --x--
                                """)).contains(new Returned("n.abc", Returned.Kind.COMPLAINED, ""));
    }

    @Test
    void a_letter_that_arrived_or_was_handed_on_is_no_return() throws Exception {
        assertThat(read(dsn("delivered", "2.0.0", "message/rfc822"))).isEmpty();
        assertThat(read(dsn("relayed", "2.0.0", "message/rfc822"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Subject: I am away\n\nBack on Monday. Status: 5.1.1 Message-ID: <n.abc@amis.example>\n",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--x--\n",
                "Content-Type: ;;;\n\nx\n"
            })
    void what_is_no_report_says_nothing(String raw) throws Exception {
        assertThat(read(raw)).isEmpty();
    }
}
