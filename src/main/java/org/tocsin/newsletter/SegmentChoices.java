package org.tocsin.newsletter;

import java.util.Map;
import java.util.Set;
import org.tocsin.base.BranchId;

/** What people of the team choose a segment by. */
public interface SegmentChoices {
    /** Nothing to choose among. */
    SegmentChoices NONE = new SegmentChoices() {
        @Override
        public Map<String, String> topics(BranchId branch, String language, Set<String> chosen) {
            return Map.of();
        }

        @Override
        public Map<String, String> links(BranchId branch) {
            return Map.of();
        }
    };

    /**
     * @param chosen ids that are shown though they are offered no more: left out of a form they would be chosen away, and none chosen means
     *               everybody
     * @return names of topics in that language, by id, in the order in which they are shown
     */
    Map<String, String> topics(BranchId branch, String language, Set<String> chosen);

    /** @return names of what brings people, by code, in the order in which they are shown */
    Map<String, String> links(BranchId branch);
}
