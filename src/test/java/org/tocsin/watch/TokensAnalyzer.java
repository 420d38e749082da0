package org.tocsin.watch;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.Token;

/** The words of our analysis as Lucene takes them, so that two engines read the same. */
public final class TokensAnalyzer extends Analyzer {
    private final Analysis analysis;

    public TokensAnalyzer(Analysis analysis) {
        this.analysis = analysis;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new Words(analysis));
    }

    private static final class Words extends Tokenizer {
        private final Analysis analysis;
        private final CharTermAttribute term;
        private final PositionIncrementAttribute increment;
        private List<Token> tokens = List.of();
        private int next;

        Words(Analysis analysis) {
            this.analysis = analysis;
            this.term = addAttribute(CharTermAttribute.class);
            this.increment = addAttribute(PositionIncrementAttribute.class);
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            StringWriter text = new StringWriter();
            input.transferTo(text);
            tokens = new ArrayList<>(analysis.text(text.toString()).tokens());
            tokens.removeIf(token -> token.kind() != Token.Kind.WORD);
            next = 0;
        }

        @Override
        public boolean incrementToken() {
            if (next == tokens.size()) {
                return false;
            }
            clearAttributes();
            Token token = tokens.get(next);
            int before = next == 0 ? -1 : tokens.get(next - 1).position();
            term.append(token.form());
            increment.setPositionIncrement(token.position() - before);
            next++;
            return true;
        }
    }
}
