package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.Token;
import org.tocsin.analysis.Tokens;

/** The words of several addresses one after the other, with a gap between them that no watch reaches over. */
final class Addresses {
    private static final int GAP = QueryLimits.DISTANCE + 2;

    private Addresses() {}

    static Tokens joined(List<String> addresses, Analysis analysis) {
        List<Token> all = new ArrayList<>();
        int from = 0;
        for (String address : addresses) {
            Tokens words = analysis.address(address);
            for (Token token : words.tokens()) {
                all.add(new Token(
                        token.kind(),
                        token.form(),
                        token.exact(),
                        token.position() + from,
                        token.length(),
                        token.start(),
                        token.end(),
                        token.flags()));
            }
            from += words.positions() + GAP;
        }
        return new Tokens(all, from, List.of(), false);
    }
}
