package org.tocsin.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Message;
import org.tocsin.newsletter.StyledText.Span;
import org.tocsin.newsletter.StyledText.Style;

/** What an author writes becomes HTML that can do nothing, text that says the same, and marks for Telegram. */
class MarkdownTest {
    private final Markdown markdown = new Markdown(
            id -> id.equals("image-1") ? Optional.of("https://example.org/letters/images/1.png") : Optional.empty());

    private String html(String body) {
        return markdown.html(body).body().html();
    }

    @Test
    void usual_marks_are_kept() {
        assertThat(html("# Titre\n\nUn *mot* et **deux**, [un lien](https://example.org/a?b=1&c=2).\n\n- un\n- deux"))
                .isEqualTo("<h1>Titre</h1>\n<p>Un <em>mot</em> et <strong>deux</strong>, <a"
                        + " href=\"https://example.org/a?b=1&amp;c=2\">un lien</a>.</p>\n<ul>\n <li>un</li>\n"
                        + " <li>deux</li>\n</ul>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "a <b onclick=alert(1)>b</b>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:x)",
                "[x](&#106;avascript:alert(1))",
                "![x](https://tracker.example/pixel.gif)",
                "![x](//tracker.example/pixel.gif)",
                "<iframe src=https://evil.example></iframe>",
                "<style>body{background:url(https://tracker.example/p)}</style>",
                "[x]: javascript:alert(1)\n\n[x]",
                "<https://example.org/\"onmouseover=alert(1)>"
            })
    void nothing_acts_and_nothing_is_fetched(String body) {
        var parsed = Jsoup.parseBodyFragment(html(body));
        assertThat(parsed.select("script,iframe,style,b,object,form,input")).isEmpty();
        assertThat(parsed.select("img")).allMatch(image -> image.attr("src").isEmpty());
        assertThat(parsed.select("a[href]")).allMatch(link -> link.attr("href").matches("(https?|mailto):.*"));
        assertThat(parsed.getAllElements())
                .allMatch(one -> one.attributes().asList().stream()
                        .allMatch(attribute ->
                                Set.of("href", "src", "alt", "start").contains(attribute.getKey())));
    }

    @Test
    void an_image_is_ours_and_described_or_is_refused() {
        assertThat(markdown.faults("![Le maire](image-1)")).isEmpty();
        assertThat(html("![Le maire](image-1)"))
                .contains("<img src=\"https://example.org/letters/images/1.png\" alt=\"Le maire\">");
        assertThat(markdown.faults("![](image-1)"))
                .containsExactly(Message.of("newsletter.image.alt", "value", "image-1"));
        assertThat(markdown.faults("![x](https://tracker.example/p.gif)"))
                .containsExactly(Message.of("newsletter.image.foreign", "value", "https://tracker.example/p.gif"));
        assertThat(markdown.text("![Le maire](image-1)")).isEqualTo("[Le maire]");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "[", "*", "**a ", "![", "- ", "`", "<", "(", "_a ", "1. ", "&#", "[a](", "**", "*a_"})
    void ten_thousand_of_anything_within_each_other_take_no_time(String mark) {
        String body = mark.repeat(10_000);
        String kept = body.length() > Markdown.MOST ? body.substring(0, Markdown.MOST) : body;
        render(kept);
        // The best of three: the machine may have other things to do.
        Duration took = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            render(kept);
            Duration one = Duration.ofNanos(System.nanoTime() - begun);
            took = one.compareTo(took) < 0 ? one : took;
        }
        assertThat(took).isLessThan(Duration.ofMillis(200));
    }

    private void render(String body) {
        if (markdown.faults(body).isEmpty()) {
            assertThat(html(body)).isNotNull();
            assertThat(markdown.text(body)).isNotNull();
            assertThat(markdown.styled(body)).isNotNull();
        }
    }

    @Test
    void plain_text_has_the_links_and_the_lists() {
        assertThat(markdown.text("## Titre\n\nVoir [ici](https://example.org).\n\n1. un\n2. deux\n\n> dit"))
                .isEqualTo("Titre\n\nVoir \"ici\" (https://example.org).\n\n1. un\n2. deux\n\n«dit»");
    }

    @Test
    void telegram_has_marks_beside_the_text() {
        StyledText styled =
                markdown.styled("# Été 🎉\n\nUn **mot *fort***, [ici](https://example.org/a)\n\n- un\n- deux");
        assertThat(styled.text()).isEqualTo("Été 🎉\n\nUn mot fort, ici\n\n• un\n• deux");
        assertThat(styled.spans())
                .containsExactlyInAnyOrder(
                        new Span(Style.BOLD, 0, 6, null),
                        new Span(Style.BOLD, 11, 8, null),
                        new Span(Style.ITALIC, 15, 4, null),
                        new Span(Style.LINK, 21, 3, "https://example.org/a"));
    }

    @Test
    void a_long_text_is_cut_between_characters_as_readers_see_them() {
        String family = "👨‍👩‍👧";
        StyledText cut =
                new StyledText("ab" + family + "cd", List.of(new Span(Style.BOLD, 0, 12, null))).within(8, "…");
        assertThat(cut.text()).isEqualTo("ab…");
        assertThat(cut.spans()).containsExactly(new Span(Style.BOLD, 0, 2, null));
    }
}
