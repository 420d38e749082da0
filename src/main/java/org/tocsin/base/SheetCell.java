package org.tocsin.base;

/**
 * Texts of strangers as cells of a table that people open in a spreadsheet: there what begins with certain signs is a formula (OWASP, "CSV
 * Injection"). Where the decimal sign is a comma, as in French, cells end at semicolons instead, and what follows one inside of a text begins a cell as
 * well, quoted or not.
 */
public final class SheetCell {
    private static final String FORMULA = "=+-@＝＋－＠";

    private SheetCell() {}

    /**
     * @param cell as {@link #of} wrote it, or as another tool did
     * @return the text without the apostrophe that stood before what would be a formula at its beginning
     */
    public static String read(String cell) {
        boolean guarded = cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
        return guarded ? cell.substring(1) : cell;
    }

    /** @return the text in one line; before what would be a formula stands an apostrophe */
    public static String of(String text) {
        StringBuilder cell = new StringBuilder(text.length() + 2);
        if (!text.isEmpty() && text.charAt(0) < ' ') {
            // Some read past what is no text, and some take it for a sign of a formula.
            cell.append('\'');
        }
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (begins && FORMULA.indexOf(at) >= 0) {
                cell.append('\'');
            }
            boolean line = at == '\r' || at == '\n';
            cell.append(line ? ' ' : at);
            // A quote at the beginning of a cell is not shown, nor is what is no text.
            begins = line || at == ';' || at == '\t' || (begins && (at == '"' || at < ' '));
        }
        return cell.toString();
    }
}
