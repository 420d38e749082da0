package org.tocsin.base;

/** Something that was committed and that a page may be showing. */
public sealed interface LiveEvent {
    /** @return to whom it may be told */
    BranchId branch();

    /** @return of what it tells: a later event of the same subject takes the place of an earlier one */
    Object subject();

    /**
     * A delivery is new, has moved, or what goes with it has: an edit of what is out.
     *
     * @param state   as the API writes it
     * @param version of the delivery
     */
    record OfDelivery(BranchId branch, String postId, String deliveryId, String state, long version)
            implements LiveEvent {
        @Override
        public Object subject() {
            return deliveryId;
        }
    }

    /** Something was heard, or what was heard has changed. */
    record OfMentions(BranchId branch) implements LiveEvent {
        @Override
        public Object subject() {
            return this;
        }
    }

    /** Notices have come or were acknowledged. */
    record OfNotices(BranchId branch) implements LiveEvent {
        @Override
        public Object subject() {
            return branch;
        }
    }
}
