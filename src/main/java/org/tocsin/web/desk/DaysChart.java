package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.tocsin.base.LocalNumbers;

/** Counts of days as bars (SVG 1.1), for the 29 days from the first. */
final class DaysChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 120;
    private static final int LEFT = 48;
    private static final int BOTTOM = 24;
    private static final int TOP = 12;
    private static final int DAYS = 29;
    private static final String INK = "#1d2130";
    private static final String SOFT = "#5b6072";

    private final Map<LocalDate, Integer> counts;
    private final LocalDate first;
    private final Locale locale;

    DaysChart(Map<LocalDate, Integer> counts, LocalDate first, Locale locale) {
        this.counts = counts;
        this.first = first;
        this.locale = locale;
    }

    /** @param label our own words */
    String svg(String label) {
        int most = Math.max(
                1, counts.values().stream().mapToInt(Integer::intValue).max().orElse(0));
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("d MMM", locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.UK);
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " "
                + HEIGHT + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\"><title>" + label
                + "</title>");
        int floor = HEIGHT - BOTTOM;
        double step = (double) (WIDTH - LEFT) / DAYS;
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = first.plusDays(i);
            double height = (double) (floor - TOP) * counts.getOrDefault(day, 0) / most;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"c-ink\" fill=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    INK,
                    LEFT + i * step + 1,
                    floor - height,
                    step - 2,
                    Math.max(1, height)));
            if (i % 7 == 0) {
                text(svg, "middle", LEFT + (i + 0.5) * step, HEIGHT - 6, format.format(day));
            }
        }
        text(svg, "end", LEFT - 8, TOP + 4, LocalNumbers.text(most, locale));
        return svg.append("</svg>").toString();
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"c-soft\" fill=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                SOFT,
                anchor,
                x,
                y,
                text));
    }
}
