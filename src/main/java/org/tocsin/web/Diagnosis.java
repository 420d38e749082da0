package org.tocsin.web;

import java.util.List;
import org.tocsin.base.Message;

/** Looks at everything that can be looked at. */
@FunctionalInterface
public interface Diagnosis {
    /**
     * One thing that was looked at.
     *
     * @param good    whether it is well
     * @param message what was found; the remedy where it is not well
     */
    record Finding(boolean good, Message message) {}

    /** @return what was found, in a fixed order; may take a while, for networks are asked */
    List<Finding> look();
}
