package org.tocsin.newsletter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;

/** A mail server that does as a test says. */
final class ScriptedBox implements LetterBox {
    private final List<Letter> seen = new CopyOnWriteArrayList<>();
    private Function<Letter, Posted> script = letter -> new Posted.Taken();

    /** Answers so from now on. */
    ScriptedBox answering(Function<Letter, Posted> answer) {
        script = answer;
        return this;
    }

    /** @return every letter that was handed over, taken or not */
    List<Letter> seen() {
        return new ArrayList<>(seen);
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Posted send(Letter letter) {
                seen.add(letter);
                return script.apply(letter);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
