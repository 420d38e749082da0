package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Period;
import org.tocsin.base.LocalNumbers;

/**
 * One channel's figures as a picture (SVG 1.1): a thin line that is broken where a day has no figure and dashed where figures were imported,
 * as many points as can be told apart, the last figure beside its end, a flag for each annotation and a tooth for each day with a post. It needs neither style sheet nor script; the classes let the desk give it its own colours.
 */
final class AudienceChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int RIGHT = 72;
    private static final int TOP = 28;
    private static final int BOTTOM = 28;
    private static final int LINES = 3;
    private static final int FLAG_LETTERS = 24;
    /** Between the texts of two flags, so that most of each is read. */
    private static final int FLAG_ROOM = 48;
    /** A longer period needs years beside its months. */
    private static final int YEARS = 370;

    private static final String INK = "#1d2130";
    private static final String SOFT = "#5b6072";
    private static final String LINE = "#e4e0d6";
    private static final String BELL = "#a8481a";

    private final Period period;
    private final Thinned thinned;
    private final List<AudienceSnapshot> figures;
    private final List<Annotation> annotations;
    private final List<Long> posts;
    private final String imported;
    private final Locale locale;
    private final long lowest;
    private final long step;

    /**
     * @param figures     of the period, by day
     * @param annotations of the period, by day
     * @param posts       days on which something went out, counted from the first of the period
     * @param imported    what a dashed line is called
     */
    AudienceChart(
            Period period,
            List<AudienceSnapshot> figures,
            List<Annotation> annotations,
            List<Long> posts,
            String imported,
            Locale locale) {
        this.period = period;
        this.thinned = Thinned.of(period);
        this.figures = thinned.figures(figures);
        this.annotations = annotations;
        this.posts = thinned.offsets(posts);
        this.imported = imported;
        this.locale = locale;
        long least =
                figures.stream().mapToLong(AudienceSnapshot::followers).min().orElse(0);
        long most =
                figures.stream().mapToLong(AudienceSnapshot::followers).max().orElse(LINES);
        long wanted = step(least, most);
        // The lowest line lies on a step, which may leave the highest figure above the last one.
        this.step = least / wanted * wanted + LINES * wanted >= most ? wanted : step(0, wanted * LINES + 1);
        this.lowest = least / step * step;
    }

    /** @return 1, 2 or 5 times a power of ten, so that three of them hold the range */
    private static long step(long least, long most) {
        long range = Math.max(LINES, most - least);
        long power = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                if (power * factor * LINES >= range) {
                    return power * factor;
                }
            }
            power *= 10;
        }
    }

    /** @param label what it shows, for those who do not see it, and at its top */
    String svg(String label) {
        StringBuilder svg = new StringBuilder(4096);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(HEIGHT)
                .append("\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\"><title>")
                .append(escaped(label))
                .append("</title><rect class=\"c-ground\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        grid(svg);
        days(svg);
        flags(svg);
        posts(svg);
        line(svg);
        return svg.append("</svg>").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= LINES; i++) {
            long value = lowest + i * step;
            double y = y(value);
            svg.append("<path class=\"c-grid\" stroke=\"" + LINE + "\" d=\"M" + LEFT + " ")
                    .append(number(y))
                    .append('H')
                    .append(WIDTH - RIGHT)
                    .append("\"/>");
            text(svg, "c-soft", SOFT, "end", LEFT - 8, y + 4, LocalNumbers.text(value, locale));
        }
    }

    private void days(StringBuilder svg) {
        long days = period.days();
        int marks = (int) Math.min(4, days);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                days > YEARS ? "MMM yyyy" : "d MMM", locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.UK);
        for (int i = 0; i <= marks; i++) {
            LocalDate day = period.from().plusDays(days * i / marks);
            text(svg, "c-soft", SOFT, "middle", x(day), HEIGHT - 8, format.format(day));
        }
    }

    private void flags(StringBuilder svg) {
        if (annotations.isEmpty()) {
            return;
        }
        svg.append("<path class=\"c-flag\" stroke=\"" + BELL + "\" stroke-dasharray=\"3 3\" d=\"");
        annotations.stream()
                .map(one -> number(x(one.day())))
                .distinct()
                .forEach(x -> svg.append('M')
                        .append(x)
                        .append(' ')
                        .append(TOP - 8)
                        .append('V')
                        .append(HEIGHT - BOTTOM));
        svg.append("\"/>");
        double free = Double.NEGATIVE_INFINITY;
        for (Annotation one : annotations) {
            double x = x(one.day());
            boolean late = x > WIDTH / 2.0;
            if (x >= free) {
                text(svg, "c-bell", BELL, late ? "end" : "start", x + (late ? -4 : 4), TOP - 10, shortened(one.text()));
                free = x + FLAG_ROOM;
            }
        }
    }

    /** A tooth that stands on the lowest line, so that it covers no figure. */
    private void posts(StringBuilder svg) {
        if (posts.isEmpty()) {
            return;
        }
        svg.append("<path class=\"c-post\" fill=\"" + SOFT + "\" d=\"");
        for (long offset : posts) {
            svg.append('M')
                    .append(number(x(period.from().plusDays(offset)) - 3))
                    .append(' ')
                    .append(HEIGHT - BOTTOM + 7)
                    .append("h6l-3 -6z");
        }
        svg.append("\"/>");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= FLAG_LETTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, FLAG_LETTERS - 1)) + "…";
    }

    private void line(StringBuilder svg) {
        for (List<AudienceSnapshot> run : runs()) {
            if (run.size() == 1) {
                AudienceSnapshot alone = run.getFirst();
                svg.append("<circle class=\"c-dot")
                        .append(isImported(alone) ? " c-imported\" fill=\"none\" stroke=\"" : "\" fill=\"")
                        .append(INK + "\" r=\"2\" cx=\"")
                        .append(number(x(alone.day())))
                        .append("\" cy=\"")
                        .append(number(y(alone.followers())))
                        .append("\"/>");
            } else {
                strokes(run).forEach(stroke -> stroke(svg, stroke));
            }
        }
        if (figures.stream().anyMatch(AudienceChart::isImported)) {
            text(svg, "c-soft", SOFT, "start", LEFT + 4, HEIGHT - BOTTOM - 6, "- - - " + imported);
        }
        if (!figures.isEmpty()) {
            AudienceSnapshot last = figures.getLast();
            text(
                    svg,
                    "c-ink",
                    INK,
                    "start",
                    x(last.day()) + 6,
                    y(last.followers()) + 4,
                    LocalNumbers.text(last.followers(), locale));
        }
    }

    private void stroke(StringBuilder svg, List<AudienceSnapshot> stroke) {
        boolean dashed = isImported(stroke.getFirst()) || isImported(stroke.get(1));
        svg.append("<polyline class=\"c-line\" fill=\"none\" stroke=\"" + INK + "\" stroke-width=\"1.5\"")
                .append(dashed ? " stroke-dasharray=\"4 3\"" : "")
                .append(" points=\"");
        stroke.forEach(one -> svg.append(number(x(one.day())))
                .append(',')
                .append(number(y(one.followers())))
                .append(' '));
        svg.append("\"/>");
    }

    private static boolean isImported(AudienceSnapshot one) {
        return one.origin() == AudienceSnapshot.Origin.IMPORTED;
    }

    /** @return parts of a run, of at least two figures each, that are drawn in one way: a line to or from what was imported is dashed */
    private static List<List<AudienceSnapshot>> strokes(List<AudienceSnapshot> run) {
        List<List<AudienceSnapshot>> strokes = new ArrayList<>();
        boolean before = false;
        for (int i = 1; i < run.size(); i++) {
            boolean dashed = isImported(run.get(i - 1)) || isImported(run.get(i));
            if (strokes.isEmpty() || dashed != before) {
                strokes.add(new ArrayList<>(List.of(run.get(i - 1))));
            }
            strokes.getLast().add(run.get(i));
            before = dashed;
        }
        return strokes;
    }

    /** @return figures of steps that follow each other: between two of these is a gap */
    private List<List<AudienceSnapshot>> runs() {
        List<List<AudienceSnapshot>> runs = new ArrayList<>();
        long expected = Long.MIN_VALUE;
        for (AudienceSnapshot one : figures) {
            long place = thinned.place(one.day());
            if (place != expected) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(one);
            expected = place - 1;
        }
        return runs;
    }

    private double x(LocalDate day) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * ChronoUnit.DAYS.between(period.from(), day) / period.days();
    }

    private double y(long value) {
        return HEIGHT - BOTTOM - (double) (HEIGHT - TOP - BOTTOM) * (value - lowest) / (step * LINES);
    }

    private static void text(
            StringBuilder svg, String kind, String colour, String anchor, double x, double y, String text) {
        svg.append("<text class=\"")
                .append(kind)
                .append("\" fill=\"")
                .append(colour)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\">")
                .append(escaped(text))
                .append("</text>");
    }

    /** One decimal is a tenth of a pixel. By hand: a page draws some thousand of them, and a formatter reads its pattern each time. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
