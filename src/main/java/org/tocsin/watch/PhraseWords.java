package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.QueryWord;

/** The words of a phrase; signs that stand alone are none. */
final class PhraseWords {
    private PhraseWords() {}

    /** @return each word as it is looked for; a handle as itself, with its {@code @} */
    static List<QueryWord> of(String phrase, Analysis analysis) {
        List<QueryWord> words = new ArrayList<>();
        for (String word : phrase.split(" ")) {
            if (word.startsWith("@") && word.length() > 1) {
                words.add(new QueryWord(List.of(new QueryWord.Part("@" + analysis.handle(word), word)), null));
                continue;
            }
            QueryWord looked = analysis.word(word);
            if (!looked.path().isEmpty()) {
                words.add(looked);
            }
        }
        return words;
    }
}
