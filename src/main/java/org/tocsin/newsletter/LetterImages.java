package org.tocsin.newsletter;

import java.util.Optional;
import org.tocsin.letter.Letter;

/** Images of the media library, as letters show them. */
@FunctionalInterface
public interface LetterImages {
    /** Nothing is there. */
    LetterImages NONE = id -> Optional.empty();

    /**
     * @param id as it stands in the place of an address; what comes from people may be anything
     * @return a copy that is small enough and holds no metadata; empty for what is none of ours
     */
    Optional<Letter.Picture> find(String id);
}
