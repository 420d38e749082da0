package org.tocsin.letter;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address for mail, as people type one: a part of RFC 5321 that every server takes, without quoting, comments, display names and literal
 * numbers of hosts. What stands before the at sign is kept as it was typed, a plus sign and dots included; the domain is in lower case and in
 * its ASCII form (RFC 5891).
 *
 * @param text the whole of it, at most 254 characters (RFC 5321, 4.5.3.1.3, erratum 1690)
 */
public record MailAddress(String text) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    /** @return empty where it is no address of this form */
    public static Optional<MailAddress> of(String typed) {
        String text = typed.strip();
        int at = text.indexOf('@');
        if (text.length() > 4 * LONGEST || at < 1 || at != text.lastIndexOf('@')) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        // An option of a program that sends mail begins so; no mailbox that anybody has does.
        if (local.startsWith("-")
                || local.length() > LONGEST_LOCAL
                || !LOCAL.matcher(local).matches()) {
            return Optional.empty();
        }
        return domain(text.substring(at + 1))
                .map(domain -> local + "@" + domain)
                .filter(address -> address.length() <= LONGEST)
                .map(MailAddress::new);
    }

    private static Optional<String> domain(String typed) {
        try {
            String ascii = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(name -> DOMAIN.matcher(name).matches());
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /**
     * What tells two people apart: servers may tell upper from lower case before the at sign, none that people use does.
     *
     * @return in lower case
     */
    public String key() {
        return text.toLowerCase(Locale.ROOT);
    }
}
