package org.tocsin.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them. */
final class Typed {
    private static final String BLANK = "[\\s\\u00a0\\u202f]";
    private static final Pattern DATE_AND_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})" + BLANK + "+(\\d{1,2}:\\d{2}.*)");
    /** 18h30, 18 h 30 and 18 h, as one writes them in French. */
    private static final Pattern HOURS = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:T|" + BLANK + "+)(\\d{1,2})" + BLANK
            + "*[hH]" + BLANK + "*(\\d{2})?((?:[+-]\\d{2}:\\d{2}|Z)?)");

    private Typed() {}

    /** @return a date and a time in the form of the API; what is neither as it was typed, so that it is quoted so */
    static String time(String typed) {
        String said = typed.strip();
        Matcher hours = HOURS.matcher(said);
        if (hours.matches()) {
            return String.format(
                    Locale.ROOT,
                    "%sT%02d:%s%s",
                    hours.group(1),
                    Integer.parseInt(hours.group(2)),
                    hours.group(3) == null ? "00" : hours.group(3),
                    hours.group(4));
        }
        Matcher dateAndTime = DATE_AND_TIME.matcher(said);
        if (!dateAndTime.matches()) {
            return said;
        }
        String time = dateAndTime.group(2);
        return dateAndTime.group(1) + "T" + (time.charAt(1) == ':' ? "0" : "") + time;
    }
}
