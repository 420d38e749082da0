package org.tocsin.watch;

import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.LightStem;
import org.tocsin.analysis.Token;

/** What a single token must be. */
sealed interface Element {
    boolean accepts(Token token);

    /** A form, perhaps with its exact spelling, or in capitals as an acronym is. */
    record Form(Token.Kind kind, String form, @Nullable String exact, boolean acronym) implements Element {
        @Override
        public boolean accepts(Token token) {
            return token.kind() == kind && token.form().equals(form) && suits(token);
        }

        /** The rest of the comparison, for a token that has the form. */
        boolean suits(Token token) {
            if (acronym && !isAcronym(token)) {
                return false;
            }
            return exact == null || exact.equals(token.exact());
        }
    }

    /** An acronym is a noun: what stands after j’, n’ and the like is a verb in capitals. */
    static boolean isAcronym(Token token) {
        return token.is(Token.CAPITALS) && !token.is(Token.ELIDED_VERB);
    }

    record Beginning(Token.Kind kind, String form) implements Element {
        @Override
        public boolean accepts(Token token) {
            return token.kind() == kind && token.form().startsWith(form);
        }
    }

    /** @param pattern folded, with a question mark for one letter each and perhaps a star at its end */
    record Pattern(String pattern) implements Element {
        @Override
        public boolean accepts(Token token) {
            return token.kind() == Token.Kind.WORD && matches(token.form());
        }

        private boolean matches(String form) {
            boolean open = pattern.endsWith("*");
            int size = open ? pattern.length() - 1 : pattern.length();
            int at = 0;
            for (int i = 0; i < size; i++) {
                if (at == form.length()) {
                    return false;
                }
                if (pattern.charAt(i) == '?') {
                    at += Character.charCount(form.codePointAt(at));
                } else if (pattern.charAt(i) == form.charAt(at)) {
                    at++;
                } else {
                    return false;
                }
            }
            return open || at == form.length();
        }
    }

    record Stem(String stem) implements Element {
        @Override
        public boolean accepts(Token token) {
            return token.kind() == Token.Kind.WORD && LightStem.of(token.form()).equals(stem);
        }
    }
}
