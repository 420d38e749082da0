package org.tocsin.newsletter;

import java.util.Map;
import org.tocsin.base.BranchId;

/** What people of the team choose a segment by. */
public interface SegmentChoices {
    /** Nothing to choose among. */
    SegmentChoices NONE = new SegmentChoices() {
        @Override
        public Map<String, String> topics(BranchId branch, String language) {
            return Map.of();
        }

        @Override
        public Map<String, String> links(BranchId branch) {
            return Map.of();
        }
    };

    /** @return names of topics in that language, by id, in the order in which they are shown */
    Map<String, String> topics(BranchId branch, String language);

    /** @return names of what brings people, by code, in the order in which they are shown */
    Map<String, String> links(BranchId branch);
}
