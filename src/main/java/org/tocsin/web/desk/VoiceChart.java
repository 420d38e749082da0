package org.tocsin.web.desk;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.tocsin.base.LocalNumbers;
import org.tocsin.watch.keeping.Voices;

/**
 * Stories by day of each watch as a picture (SVG 1.1): a line each, told apart by its strokes and its number, and a flag where words were
 * changed. It needs neither style sheet nor script; the same figures stand in the table beside it.
 */
final class VoiceChart {
    /** More lines cannot be told apart. */
    static final int LINES = 5;

    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 48;
    private static final int RIGHT = 40;
    private static final int TOP = 24;
    private static final int BOTTOM = 28;
    private static final List<String> STROKES = List.of("", "6 3", "2 3", "10 3 2 3", "1 5");
    private static final String INK = "#1d2130";
    private static final String SOFT = "#5b6072";
    private static final String GRID = "#e4e0d6";
    private static final String BELL = "#a8481a";

    private final List<Voices.Voice> voices;
    private final Locale locale;
    private final long most;

    VoiceChart(Voices.Look look, Locale locale) {
        this.voices = look.voices().stream().limit(LINES).toList();
        this.locale = locale;
        this.most = voices.stream()
                .flatMap(voice -> voice.days().stream())
                .mapToLong(day -> day.count().stories())
                .max()
                .orElse(0);
    }

    /** @param label what it shows, for those who do not see it */
    String svg(String label) {
        StringBuilder svg = new StringBuilder(4096)
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" width=\""
                        + WIDTH + "\" height=\"" + HEIGHT
                        + "\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\"><title>")
                .append(escaped(label))
                .append("</title><rect class=\"c-ground\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        for (long value : new long[] {0, top() / 2, top()}) {
            svg.append("<path class=\"c-grid\" stroke=\"" + GRID + "\" d=\"M" + LEFT + " ")
                    .append(number(y(value)))
                    .append("H" + (WIDTH - RIGHT) + "\"/>");
            text(svg, "c-soft", SOFT, "end", LEFT - 8, y(value) + 4, LocalNumbers.text(value, locale));
        }
        for (int i = 0; i < voices.size(); i++) {
            line(svg, i, voices.get(i));
        }
        if (!voices.isEmpty()) {
            days(svg, voices.getFirst().days());
        }
        return svg.append("</svg>").toString();
    }

    /** Even, so that its half is a number of stories. */
    private long top() {
        return Math.max(2, most + most % 2);
    }

    private void line(StringBuilder svg, int index, Voices.Voice voice) {
        List<Voices.Day> days = voice.days();
        svg.append("<polyline class=\"c-line\" fill=\"none\" stroke=\"" + INK
                        + "\" stroke-width=\"1.5\" stroke-dasharray=\"")
                .append(STROKES.get(index).isEmpty() ? "none" : STROKES.get(index))
                .append("\" points=\"");
        for (int i = 0; i < days.size(); i++) {
            svg.append(number(x(i, days.size())))
                    .append(',')
                    .append(number(y(days.get(i).count().stories())))
                    .append(' ');
        }
        svg.append("\"/>");
        long last = days.getLast().count().stories();
        // One below the other where several end at the same height.
        text(svg, "c-ink", INK, "start", WIDTH - RIGHT + 4 + 8 * index, y(last) + 4, String.valueOf(index + 1));
        for (int i = 0; i < days.size(); i++) {
            if (!days.get(i).edited().isEmpty()) {
                double x = x(i, days.size());
                svg.append("<path class=\"c-flag\" stroke=\"" + BELL + "\" stroke-dasharray=\"3 3\" d=\"M")
                        .append(number(x))
                        .append(" " + (TOP - 4) + "V" + (HEIGHT - BOTTOM) + "\"/>");
                text(svg, "c-bell", BELL, "middle", x, TOP - 8, String.valueOf(index + 1));
            }
        }
    }

    private void days(StringBuilder svg, List<Voices.Day> days) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("d MMM", locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.UK);
        int marks = Math.min(4, days.size() - 1);
        for (int i = 0; i <= marks; i++) {
            int at = marks == 0 ? 0 : (days.size() - 1) * i / marks;
            text(
                    svg,
                    "c-soft",
                    SOFT,
                    "middle",
                    x(at, days.size()),
                    HEIGHT - 8,
                    format.format(days.get(at).day()));
        }
    }

    private static double x(int day, int days) {
        return LEFT + (days == 1 ? 0 : (double) (WIDTH - LEFT - RIGHT) * day / (days - 1));
    }

    private double y(long value) {
        return HEIGHT - BOTTOM - (double) (HEIGHT - TOP - BOTTOM) * value / top();
    }

    private static void text(
            StringBuilder svg, String kind, String colour, String anchor, double x, double y, String text) {
        svg.append("<text class=\"" + kind + "\" fill=\"" + colour + "\" text-anchor=\"" + anchor + "\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\">")
                .append(escaped(text))
                .append("</text>");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
