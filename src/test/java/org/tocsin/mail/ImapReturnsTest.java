package org.tocsin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Secret;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;
import org.tocsin.letter.Returned;
import org.tocsin.network.TestClock;

/** Letters leave to, and come back from, a server that speaks SMTP and IMAP. */
class ImapReturnsTest {
    private static final String FOLDER = "INBOX";

    private final ReadMark mark = new ReadMark() {
        private @Nullable String kept;

        @Override
        public Optional<String> get() {
            return Optional.ofNullable(kept);
        }

        @Override
        public void put(String fresh) {
            kept = fresh;
        }
    };

    private GreenMail mail;
    private GreenMailUser user;

    @BeforeEach
    void open() {
        mail = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        mail.start();
        user = mail.setUser("lettre@amis.example", "lettre", "secret");
    }

    @AfterEach
    void close() {
        mail.stop();
    }

    private ImapReturns box(int port, String folder) {
        return new ImapReturns(
                new ImapSettings("127.0.0.1", port, false, "lettre", Secret.of("secret"), folder),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                mark,
                50);
    }

    private ImapReturns box() {
        return box(mail.getImap().getPort(), FOLDER);
    }

    private static MimeMessage message(String raw) {
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage bounce(String letter) {
        return message("""
                From: MAILER-DAEMON@mx.example
                To: lettre@amis.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

                --b1
                Content-Type: text/plain; charset=us-ascii

                I am sorry.

                --b1
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; ana@example.org
                Action: failed
                Status: 5.1.1

                --b1
                Content-Type: text/rfc822-headers

                Message-ID: <LETTER@amis.example>

                --b1--
                """.replace("LETTER", letter));
    }

    private static MimeMessage complaint(String letter) {
        return message("""
                From: fbl@mx.example
                To: lettre@amis.example
                Subject: Complaint
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary=x

                --x
                Content-Type: text/plain

                This is an email abuse report.
                --x
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1

                --x
                Content-Type: message/rfc822

                Message-ID: <LETTER@amis.example>
                Subject: La lettre

                Bonjour
                --x--
                """.replace("LETTER", letter));
    }

    private MailFolder folder(String name) {
        try {
            ImapHostManager hosts = mail.getManagers().getImapHostManager();
            return name.equals(FOLDER) ? hosts.getInbox(user) : hosts.getFolder(user, name);
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Returned> read(ImapReturns box) {
        List<Returned> read = new ArrayList<>();
        box.read(read::add);
        return read;
    }

    private static Returned bounced(String letter) {
        return new Returned(letter, Returned.Kind.BOUNCED, "5.1.1");
    }

    @Test
    void bounces_and_complaints_are_read_once_and_stay_for_people() throws MessagingException {
        user.deliver(bounce("n.a"));
        user.deliver(complaint("n.b"));
        user.deliver(message("From: ana@example.org\nTo: lettre@amis.example\nSubject: Merci\n\nBonjour\n"));

        assertThat(read(box())).containsExactly(bounced("n.a"), new Returned("n.b", Returned.Kind.COMPLAINED, ""));
        assertThat(read(box())).isEmpty();
        List<StoredMessage> kept = folder(FOLDER).getMessages();
        assertThat(kept).hasSize(3);
        assertThat(kept).allMatch(one -> one.isSet(Flags.Flag.SEEN));
    }

    @Test
    void what_nobody_has_acted_upon_comes_again() {
        user.deliver(bounce("n.a"));
        assertThatThrownBy(() -> box().read(one -> {
                    throw new IllegalStateException("the store is full");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read(box())).containsExactly(bounced("n.a"));
    }

    @Test
    void what_a_person_has_read_or_moved_away_is_left_alone() throws Exception {
        user.deliver(bounce("n.a"));
        user.deliver(bounce("n.b"));
        user.deliver(bounce("n.c"));
        folder(FOLDER).setFlags(new Flags(Flags.Flag.SEEN), true, 1, null, true);
        List<Returned> read = new ArrayList<>();
        box().read(one -> {
            read.add(one);
            // A person takes the next one away while this one is being acted upon.
            if (read.size() == 1) {
                try {
                    StoredMessage next = folder(FOLDER).getMessages().getLast();
                    next.setFlag(Flags.Flag.DELETED, true);
                    folder(FOLDER).expunge();
                } catch (FolderException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThat(read).startsWith(bounced("n.b"));
        assertThat(read(box())).as("no letter is read twice").isEmpty();
    }

    @Test
    void what_a_person_opened_before_it_was_read_is_acted_upon_and_once() throws Exception {
        user.deliver(bounce("n.a"));
        assertThat(read(box())).containsExactly(bounced("n.a"));
        user.deliver(bounce("n.b"));
        user.deliver(complaint("n.c"));
        folder(FOLDER).setFlags(new Flags(Flags.Flag.SEEN), true, 2, null, true);
        assertThat(read(box())).containsExactly(bounced("n.b"), new Returned("n.c", Returned.Kind.COMPLAINED, ""));
        // A person marks one as unread again.
        folder(FOLDER).setFlags(new Flags(Flags.Flag.SEEN), false, 1, null, true);
        assertThat(read(box())).isEmpty();
    }

    @Test
    void in_an_empty_mailbox_everything_that_comes_is_new() throws Exception {
        assertThat(read(box())).isEmpty();
        user.deliver(bounce("n.a"));
        folder(FOLDER).setFlags(new Flags(Flags.Flag.SEEN), true, 1, null, true);
        assertThat(read(box())).containsExactly(bounced("n.a"));
    }

    @Test
    void a_line_that_is_cut_loses_nothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            user.deliver(bounce("n." + i));
        }
        List<Returned> read = new ArrayList<>();
        int cut = 0;
        for (long bytes = 200; read.size() < 20 && bytes < 200_000; bytes *= 2) {
            try (CutLine line = new CutLine(mail.getImap().getPort(), bytes)) {
                box(line.port(), FOLDER).read(read::add);
                cut++;
            }
        }
        assertThat(cut).isGreaterThan(3);
        // Once at least: what was acted upon and could not be marked comes again, and nothing follows from it.
        assertThat(read.stream().distinct()).hasSize(20);
        assertThat(read.size()).isLessThanOrEqualTo(20 + cut);
    }

    @Test
    void a_folder_that_was_made_anew_under_the_same_name_is_read_as_it_is() throws Exception {
        ImapHostManager hosts = mail.getManagers().getImapHostManager();
        MailFolder first = hosts.createMailbox(user, "Retours");
        first.store(bounce("n.a"));
        long before = first.getUidValidity();
        assertThat(read(box(mail.getImap().getPort(), "Retours"))).containsExactly(bounced("n.a"));
        // The server makes this number of the second of its clock.
        MailFolder second = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            hosts.deleteMailbox(user, "Retours");
                            return hosts.createMailbox(user, "Retours");
                        },
                        made -> made.getUidValidity() != before);
        second.store(bounce("n.b"));
        // Its first message has the number that n.a had.
        assertThat(read(box(mail.getImap().getPort(), "Retours"))).containsExactly(bounced("n.b"));
    }

    @Test
    void a_large_folder_is_read_a_part_at_a_time() throws MessagingException {
        MimeMessage one = bounce("n.a");
        for (int i = 0; i < 70; i++) {
            user.deliver(one);
        }
        assertThat(read(box())).hasSize(50);
        assertThat(read(box())).hasSize(20);
        assertThat(read(box())).isEmpty();
    }

    @Test
    void a_wrong_password_and_a_missing_folder_end_in_nothing() {
        assertThat(read(box(mail.getImap().getPort(), "Nulle part"))).isEmpty();
        mail.setUser("lettre@amis.example", "lettre", "another");
        assertThat(read(box())).isEmpty();
    }

    @Test
    void a_letter_arrives_whole() throws MessagingException, IOException {
        SmtpSettings smtp = new SmtpSettings(
                "127.0.0.1", mail.getSmtp().getPort(), SmtpSettings.Encryption.NONE, null, null, "lettre@amis.example");
        LetterBox letters = new SmtpLetters(
                smtp,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                "Les Amis",
                new TestClock(Instant.parse("2026-11-27T09:00:00Z")));
        Letter letter = new Letter(
                "n.a",
                "ana@example.org",
                "Été : la piscine rouvre",
                "Bonjour à tous\n.\nsuite\n",
                "<p>Bonjour à tous</p>",
                "fr",
                Map.of("List-Unsubscribe", "<https://tocsin.example/newsletter/leave/x>"));
        try (LetterBox.Line line = letters.open()) {
            assertThat(line.send(letter)).isEqualTo(new Posted.Taken());
            assertThat(line.send(letter)).as("the same connection").isEqualTo(new Posted.Taken());
        }
        MimeMessage[] got = mail.getReceivedMessages();
        assertThat(got).hasSize(2);
        MimeMessage first = got[0];
        assertThat(first.getMessageID()).isEqualTo("<n.a@amis.example>");
        assertThat(first.getSubject()).isEqualTo("Été : la piscine rouvre");
        assertThat(first.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(first.getHeader("List-Unsubscribe", null)).contains("tocsin.example");
        MimeMultipart parts = (MimeMultipart) first.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(String.valueOf(parts.getBodyPart(0).getContent()).replace("\r", ""))
                .isEqualTo("Bonjour à tous\n.\nsuite\n");
    }
}
