package org.tocsin.subscriber;

import java.util.List;
import org.tocsin.base.Tx;

/** The letters that are kept of a person, of whatever part of the daemon. */
@FunctionalInterface
public interface KeptLetters {
    /**
     * @param language in which a newsletter is named, where it has that language
     * @return those under one id, the first one first
     */
    List<KeptLetter> of(Tx tx, String subscriberId, String language);
}
