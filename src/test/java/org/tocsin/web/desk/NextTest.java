package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/desk",
                "/desk/posts/1",
                "/desk/write?text=%C3%A9t%C3%A9&url=https%3A%2F%2Fex.fr",
                "/desk?done=saved",
                "/desk/code-of-conduct"
            })
    void a_page_of_the_desk_is_gone_on_to(String next) {
        assertThat(Next.checked(next)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/desk",
                "//evil.example/desk",
                "/desk.evil.example",
                "/desk@evil.example",
                "/desk\\evil",
                "/desk/\\evil",
                "/desk/a\r\nSet-Cookie: a=b",
                "/desk/a b",
                "/desk/é",
                "/api/v1/posts",
                "/",
                "/desk/sign-in",
                "/desk/sign-in?next=/desk",
                "/desk/sign-out",
                "/desk/code",
                "/desk/setup?token=a",
                "/desk/live"
            })
    void another_place_is_not(String next) {
        assertThat(Next.checked(next)).isEqualTo("/desk");
    }

    @Test
    void a_long_text_that_was_shared_is_still_there() {
        String shared = "/desk/write?text=" + "%C3%A9".repeat(2_000);
        assertThat(Next.checked(shared)).isEqualTo(shared);
    }

    @Test
    void nor_one_that_fits_in_no_line() {
        assertThat(Next.checked("/desk/write?text=" + "a".repeat(17_000))).isEqualTo("/desk");
    }
}
