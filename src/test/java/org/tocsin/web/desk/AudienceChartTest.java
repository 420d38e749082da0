package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.AudienceSnapshot.Origin;
import org.tocsin.audience.Period;
import org.tocsin.base.BranchId;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class AudienceChartTest {
    private static final LocalDate FROM = LocalDate.of(2026, 9, 1);
    private static final Period PERIOD = new Period(FROM, FROM.plusDays(30));

    private static AudienceSnapshot on(int day, long followers) {
        return new AudienceSnapshot("one", FROM.plusDays(day), Instant.EPOCH, followers, Origin.MEASURED);
    }

    private static Document chart(List<AudienceSnapshot> figures, List<Annotation> notes, String label) {
        try {
            String svg = new AudienceChart(PERIOD, figures, notes, List.of(), "importé", Locale.FRENCH).svg(label);
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<Element> all(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    private static List<String> texts(Document document) {
        return all(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<double[]> points(Element line) {
        return Arrays.stream(line.getAttribute("points").split(" "))
                .map(point -> Arrays.stream(point.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @Test
    void a_day_without_a_figure_breaks_the_line_and_a_figure_alone_is_a_dot() {
        Document chart =
                chart(List.of(on(0, 100), on(1, 102), on(4, 110), on(7, 112), on(8, 115), on(9, 114)), List.of(), "x");
        assertThat(all(chart, "polyline"))
                .extracting(line -> points(line).size())
                .containsExactly(2, 3);
        assertThat(all(chart, "circle")).hasSize(1);
    }

    @Test
    void the_last_figure_stands_beside_the_end_of_the_line_and_scales_are_round() {
        Document chart = chart(List.of(on(0, 2106), on(1, 2418)), List.of(), "x");
        assertThat(texts(chart))
                .contains("2\u202f418", "2\u202f000", "2\u202f200", "2\u202f400", "2\u202f600", "1 sept.", "1 oct.");
    }

    @Test
    void what_was_noted_is_a_flag_and_nothing_in_it_is_markup() {
        Annotation note = new Annotation(
                "a", BranchId.MAIN, FROM.plusDays(3), Annotation.Kind.MEETING, "<b>&\"Réunion", Instant.EPOCH, 1);
        Annotation late = new Annotation(
                "b", BranchId.MAIN, FROM.plusDays(29), Annotation.Kind.TV, "é".repeat(120), Instant.EPOCH, 1);
        Document chart = chart(List.of(on(0, 1)), List.of(note, late), "</title><script>&");
        assertThat(all(chart, "script")).isEmpty();
        assertThat(all(chart, "title").getFirst().getTextContent()).isEqualTo("</title><script>&");
        assertThat(texts(chart)).contains("<b>&\"Réunion", "é".repeat(23) + "…");
        assertThat(all(chart, "path").stream()
                        .filter(path -> path.getAttribute("class").equals("c-flag"))
                        .map(path -> path.getAttribute("d").split("M", -1).length - 1))
                .containsExactly(2);
    }

    private static AudienceSnapshot imported(int day, long followers) {
        return new AudienceSnapshot("one", FROM.plusDays(day), Instant.EPOCH, followers, Origin.IMPORTED);
    }

    @Test
    void what_was_imported_is_dashed_and_says_so() {
        Document chart = chart(
                List.of(imported(0, 100), imported(1, 101), on(2, 102), on(3, 103), imported(6, 110)), List.of(), "x");
        List<Element> lines = all(chart, "polyline");
        assertThat(lines)
                .extracting(line -> line.getAttribute("stroke-dasharray"))
                .containsExactly("4 3", "");
        assertThat(lines)
                .extracting(line -> points(line).size())
                .as("it leads to what was measured")
                .containsExactly(3, 2);
        assertThat(all(chart, "circle"))
                .singleElement()
                .satisfies(dot -> assertThat(dot.getAttribute("fill")).isEqualTo("none"));
        assertThat(texts(chart)).contains("- - - importé");
        assertThat(texts(chart(List.of(on(0, 1), on(1, 2)), List.of(), "x"))).doesNotContain("- - - importé");
    }

    @Test
    void a_long_period_is_thinned_to_what_can_be_drawn_and_a_gap_stays_one() throws Exception {
        Period years = new Period(FROM.minusDays(1096), FROM);
        List<AudienceSnapshot> figures = new ArrayList<>();
        for (int day = -1096; day <= 0; day++) {
            if (day < -500 || day > -480) {
                figures.add(on(day, 3000 + day));
            }
        }
        String svg = new AudienceChart(years, figures, List.of(), List.of(), "importé", Locale.FRENCH).svg("x");
        Document chart =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        List<Element> lines = all(chart, "polyline");
        assertThat(lines).hasSize(2);
        assertThat(lines.stream().mapToInt(line -> points(line).size()).sum()).isBetween(300, 370);
        assertThat(texts(chart)).contains("3\u202f000").anyMatch(text -> text.endsWith("2023"));
    }

    @Test
    void it_needs_no_style_sheet_and_asks_for_nothing() {
        String svg =
                new AudienceChart(PERIOD, List.of(on(0, 1)), List.of(), List.of(), "imported", Locale.ENGLISH).svg("x");
        assertThat(svg).doesNotContain("style=", "href", "<style", "url(");
    }

    @Property
    void every_figure_lies_inside_the_picture_and_none_is_added(
            @ForAll @Size(min = 1, max = 31) List<@LongRange(min = 0, max = 9_000_000_000L) Long> followers) {
        List<AudienceSnapshot> figures = new ArrayList<>();
        for (int i = 0; i < followers.size(); i++) {
            figures.add(on(i, followers.get(i)));
        }
        Document chart = chart(figures, List.of(), "x");
        List<double[]> drawn = new ArrayList<>();
        all(chart, "polyline").forEach(line -> drawn.addAll(points(line)));
        assertThat(drawn.size() + all(chart, "circle").size()).isEqualTo(figures.size());
        assertThat(drawn).allSatisfy(point -> {
            assertThat(point[0]).isBetween(60.0, 568.0);
            assertThat(point[1]).isBetween(27.9, 192.1);
        });
    }
}
