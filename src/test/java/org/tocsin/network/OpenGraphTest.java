package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenGraphTest {
    private static final URI PAGE = URI.create("https://exemple.fr/agenda/jeudi");

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of(
                        """
                        <html><head><title>Non</title><meta name=description content=non>
                        <meta property="og:title" content="Réunion &laquo;&#8239;publique&#8239;&raquo;">
                        <meta property="og:description" content="Jeudi\n  20&#8239;h">
                        <meta property="og:image" content="/img/a b.png"></head></html>""", "Réunion «\u202fpublique\u202f»", "Jeudi 20\u202fh", "https://exemple.fr/img/a%20b.png"),
                Arguments.of("""
                        <meta name="twitter:title" content="T"><meta property="twitter:description" content="D">
                        <meta name="twitter:image" content="//cdn.exemple.fr/x.png">""", "T", "D", "https://cdn.exemple.fr/x.png"),
                Arguments.of(
                        "<title> Un \n titre </title><meta name=Description content='Dit'>", "Un titre", "Dit", null),
                Arguments.of("<meta property=og:title content='  '><title>Titre", "Titre", "", null),
                Arguments.of(
                        "<base href=https://autre.fr/b/><title>T</title><meta name=og:image content=c.png>",
                        "T",
                        "",
                        "https://autre.fr/b/c.png"),
                Arguments.of("<title>a\u0000b\u0007\u202ec\u2066d</title>", "a\ufffdbcd", "", null),
                Arguments.of("<title>&lt;script&gt;x&lt;/script&gt;</title>", "<script>x</script>", "", null));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void takes_what_the_page_says_of_itself(String html, String title, String description, @Nullable String image) {
        URI expected = image == null ? null : URI.create(image);
        assertThat(OpenGraph.parse(html, PAGE))
                .contains(new LinkCard(
                        PAGE.toString(), title, description, expected == null ? null : expected.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "file:///etc/passwd",
                "ftp://exemple.fr/a.png",
                " ",
                "https://",
                "https://exemple.fr/%zz^",
                ""
            })
    void an_image_that_is_not_on_the_web_is_left_out_for_the_next_one(String url) {
        String html = "<title>T</title><meta property=og:image content='" + url + "'>";
        assertThat(OpenGraph.parse(html, PAGE))
                .hasValueSatisfying(card -> assertThat(card.imageUrl()).isNull());
        assertThat(OpenGraph.parse(html + "<meta property=og:image content=/b.png>", PAGE))
                .hasValueSatisfying(card -> assertThat(card.imageUrl()).hasToString("https://exemple.fr/b.png"));
    }

    @Test
    void a_password_in_the_address_of_an_image_is_not_passed_on() {
        String html = "<title>T</title><meta property=og:image content=https://moi:secret@exemple.fr/a.png>";
        assertThat(OpenGraph.parse(html, PAGE).toString()).doesNotContain("secret");
    }

    @Test
    void long_texts_are_cut_between_characters() {
        String html = "<title>" + "a".repeat(298) + "👨‍👩‍👧‍👦".repeat(9) + "</title><meta name=description content='"
                + "mot ".repeat(9000) + "'>";
        assertThat(OpenGraph.parse(html, PAGE)).hasValueSatisfying(card -> {
            assertThat(card.title()).isEqualTo("a".repeat(298) + "…");
            assertThat(card.description()).hasSizeLessThanOrEqualTo(1000).endsWith("mot…");
        });
    }

    @Test
    void a_page_without_title_has_no_card() {
        assertThat(OpenGraph.parse("<meta property=og:description content=x><p>y", PAGE))
                .isEmpty();
        assertThat(OpenGraph.parse("", PAGE)).isEmpty();
    }

    @Test
    void a_page_of_a_hundred_thousand_levels_is_read() {
        assertThat(OpenGraph.parse("<title>T</title>" + "<div>".repeat(100_000), PAGE))
                .isPresent();
    }

    @Property
    void whatever_a_page_holds_the_card_is_within_its_bounds(@ForAll String html) {
        assertThat(OpenGraph.parse("<title>" + html.repeat(20), PAGE).stream()).allSatisfy(card -> {
            assertThat(card.title()).isNotBlank().hasSizeLessThanOrEqualTo(300).doesNotContain("\n");
            assertThat(card.description()).hasSizeLessThanOrEqualTo(1000);
        });
    }
}
