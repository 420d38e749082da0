package org.tocsin.subscriber.dialogue;

import java.util.List;
import org.tocsin.base.Message;

/**
 * Something that the bot says.
 *
 * @param text    what it says
 * @param quoted  said word for word after it, such as the text of consent; empty for none
 * @param buttons in rows
 * @param instead whether it takes the place of the message whose button was pressed
 */
public record Reply(Message text, String quoted, List<List<Button>> buttons, boolean instead) {
    public Reply {
        buttons = buttons.stream().map(List::copyOf).toList();
    }

    static Reply of(String code, Object... pairs) {
        return new Reply(Message.of(code, pairs), "", List.of(), false);
    }

    Reply with(List<List<Button>> rows) {
        return new Reply(text, quoted, rows, instead);
    }

    Reply quoting(String words) {
        return new Reply(text, words, buttons, instead);
    }

    Reply inPlace() {
        return new Reply(text, quoted, buttons, true);
    }
}
