package org.tocsin.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type as an address, and what somebody might try (B78 of the hostile inputs). */
class MailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "ana@example.org, ana@example.org",
        "  ana@example.org , ana@example.org",
        "Ana.B+news@Example.ORG, Ana.B+news@example.org",
        "o'neil@example.org, o'neil@example.org",
        "jean-luc@mairie.example.fr, jean-luc@mairie.example.fr",
        "ana@exämple.org, ana@xn--exmple-cua.org"
    })
    void is_kept_as_it_was_typed_but_for_the_domain(String typed, String kept) {
        assertThat(MailAddress.of(typed)).contains(new MailAddress(kept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ana",
                "@example.org",
                "ana@",
                "a@b@c.org",
                "\"ana b\"@example.org",
                "ana@[127.0.0.1]",
                "ana@127.0.0.1",
                "ana@localhost",
                "-oQ/tmp@example.org",
                "\"support@bank.example\" <x@example.org>",
                "ana@example.org\r\nBcc: all@example.org",
                "ana@example.org, eva@example.org",
                "ana@-example.org",
                "ana@example..org",
                "ana..b@example.org",
                ".ana@example.org",
                "äna@example.org",
                "ana(comment)@example.org",
                "ana\u0000@example.org"
            })
    void is_nothing_that_a_server_would_understand_otherwise(String typed) {
        assertThat(MailAddress.of(typed)).isEmpty();
    }

    @Test
    void is_no_longer_than_a_server_takes() {
        String local = "a".repeat(64);
        String domain = ("b".repeat(60) + ".").repeat(3) + "org";
        assertThat(MailAddress.of(local + "@" + domain)).isPresent();
        assertThat(MailAddress.of("a" + local + "@" + domain)).isEmpty();
        assertThat(MailAddress.of(local + "@" + "c".repeat(10) + "." + domain)).isEmpty();
        assertThat(MailAddress.of("a".repeat(1_000) + "@example.org")).isEmpty();
    }

    @Test
    void one_mailbox_is_one_key() {
        assertThat(MailAddress.of("Ana@Example.org").orElseThrow().key())
                .isEqualTo(MailAddress.of("ana@example.ORG").orElseThrow().key());
    }
}
