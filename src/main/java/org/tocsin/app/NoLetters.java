package org.tocsin.app;

import org.tocsin.base.Message;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterBox;
import org.tocsin.letter.Posted;

/** Where no mail server is set up: nothing is sent. */
final class NoLetters implements LetterBox {
    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Posted send(Letter letter) {
                return new Posted.Later(Message.of("signup.closed.mail"), null, true);
            }

            @Override
            public void close() {}
        };
    }
}
