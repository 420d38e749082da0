package org.tocsin.post;

/**
 * A text's measure against a limit.
 *
 * @param actual 0 or more
 * @param limit  the most that is taken
 * @param unit   what was counted: {@code graphemes}, {@code utf16}, {@code weighted}, {@code bytes}, {@code codepoints}
 */
public record TextSize(long actual, long limit, String unit) {
    /** @return whether the text is within the limit */
    public boolean fits() {
        return actual <= limit;
    }
}
