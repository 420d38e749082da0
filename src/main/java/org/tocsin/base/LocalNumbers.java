package org.tocsin.base;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people write them: « 2 418 », « +14,8 % », “2,418”, “+14.8%”. A minus is the sign of that name, as wide as a plus. */
public final class LocalNumbers {
    private static final char NARROW_NO_BREAK = '\u202f';
    private static final char MINUS = '\u2212';

    private LocalNumbers() {}

    /** @return a whole number, its thousands parted */
    public static String text(long number, Locale locale) {
        return format("#,##0", locale).format(number);
    }

    /** @return the same with its sign, also where it is positive; zero has none */
    public static String signed(long number, Locale locale) {
        return (number > 0 ? "+" : "") + text(number, locale);
    }

    /** @return parts of a hundred to one decimal, with their sign */
    public static String percent(double percent, Locale locale) {
        String number = format("#,##0.0", locale).format(percent);
        return (percent > 0 ? "+" : "") + number + (isFrench(locale) ? NARROW_NO_BREAK + "%" : "%");
    }

    private static DecimalFormat format(String pattern, Locale locale) {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(isFrench(locale) ? Locale.FRANCE : Locale.UK);
        symbols.setMinusSign(MINUS);
        symbols.setGroupingSeparator(isFrench(locale) ? NARROW_NO_BREAK : ',');
        return new DecimalFormat(pattern, symbols);
    }

    private static boolean isFrench(Locale locale) {
        return locale.getLanguage().equals("fr");
    }
}
