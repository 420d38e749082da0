package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.QueryWord;
import org.tocsin.analysis.Token;

/** The words of a phrase; signs that stand alone are none. */
final class PhraseWords {
    private PhraseWords() {}

    /** @return each word as it is looked for; a handle as itself, with its {@code @} */
    static List<QueryWord> of(String phrase, Analysis analysis) {
        List<QueryWord> words = new ArrayList<>();
        for (String word : phrase.split(" ")) {
            String handle = handle(word, analysis);
            if (handle != null) {
                words.add(new QueryWord(List.of(new QueryWord.Part("@" + handle, "@" + handle)), null));
                continue;
            }
            QueryWord looked = analysis.word(word);
            if (!looked.path().isEmpty()) {
                words.add(looked);
            }
        }
        return words;
    }

    /** @return the handle as a text has it, without the signs around it; null where there is none */
    private static @Nullable String handle(String word, Analysis analysis) {
        if (word.indexOf('@') < 0 && word.indexOf('\uff20') < 0) {
            return null;
        }
        // An identifier is a handle by itself: the sign before it is of the query.
        String read = word.startsWith("@did:") ? word.substring(1) : word;
        return analysis.text(read).tokens().stream()
                .filter(token -> token.kind() == Token.Kind.HANDLE)
                .map(Token::form)
                .findFirst()
                .orElse(null);
    }
}
