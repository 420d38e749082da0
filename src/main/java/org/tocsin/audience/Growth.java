package org.tocsin.audience;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By how much a channel grew, and from which figure to which: both are known ones, none is made up. Where the first day of a period has no
 * figure, it is counted from the last before it, so that the growths of two periods that follow each other add up to that of both; where
 * there is none before it, from the first in it.
 *
 * @param opening the figure that is counted from
 * @param closing the figure that is counted to, of a later day
 */
public record Growth(AudienceSnapshot opening, AudienceSnapshot closing) {
    /**
     * @param ordered one channel's figures, by day
     * @return empty where the period holds no figure that could be set against another
     */
    public static Optional<Growth> of(List<AudienceSnapshot> ordered, Period period) {
        AudienceSnapshot opening = null;
        AudienceSnapshot closing = null;
        for (AudienceSnapshot one : ordered) {
            if (one.day().isAfter(period.to())) {
                break;
            }
            if (opening == null || !one.day().isAfter(period.from())) {
                opening = one;
            } else {
                closing = one;
            }
        }
        return opening == null || closing == null ? Optional.empty() : Optional.of(new Growth(opening, closing));
    }

    /** @return how many more at the end; negative for fewer */
    public long net() {
        return closing.followers() - opening.followers();
    }

    /** @return {@link #net} in parts of a hundred of the opening figure; empty where that is zero */
    public OptionalDouble percent() {
        return opening.followers() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * net() / opening.followers());
    }
}
