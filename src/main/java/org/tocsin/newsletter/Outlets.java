package org.tocsin.newsletter;

import java.util.EnumMap;
import java.util.Map;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.letter.LetterBox;
import org.tocsin.subscriber.Subscriber.Reach;

/** The ways by which letters leave, and which of them are not set up. */
final class Outlets {
    private Outlets() {}

    /** @return by way, what a person has to see to; not to be asked within a transaction, for it reads by itself */
    static Map<Reach, Message> shut(LetterBox box, TelegramLetters bots, BranchId branch) {
        Map<Reach, Message> shut = new EnumMap<>(Reach.class);
        if (!box.ready()) {
            shut.put(Reach.MAIL, Message.of("newsletter.waiting.mail"));
        }
        if (!bots.ready(branch)) {
            shut.put(Reach.TELEGRAM, Message.of("newsletter.waiting.bot"));
        }
        return shut;
    }
}
