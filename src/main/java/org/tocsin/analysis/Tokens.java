package org.tocsin.analysis;

import java.util.List;

/**
 * What was read in a text.
 *
 * @param tokens    in order of position
 * @param positions how many positions the text has; a link and a word too long to keep hold one each
 * @param addresses links, in order
 * @param cut       whether the text was longer than {@link Analysis#LONGEST} and its end was not read
 */
public record Tokens(List<Token> tokens, int positions, List<Address> addresses, boolean cut) {
    public Tokens {
        tokens = List.copyOf(tokens);
        addresses = List.copyOf(addresses);
    }
}
