package org.tocsin.publishing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** What was heard and can be answered, by its id in the log. */
public interface HeardPosts {
    /** @return empty where there is none of that id, or it is gone */
    Optional<Heard> find(Tx tx, BranchId branch, String mentionId);

    /**
     * What an answer needs to know of it.
     *
     * @param network   the adapter's id; {@code hook} and the like where it is none
     * @param nativeId  as its source names it
     * @param url       public address; null where it has none
     * @param channelId whose account it was heard by; null for none
     * @param named     whether it was heard because it names that account
     * @param mentioned handles that it mentions, without their first {@code @}
     */
    record Heard(
            String network,
            String nativeId,
            @Nullable String url,
            @Nullable String channelId,
            boolean named,
            List<String> mentioned) {
        public Heard {
            mentioned = List.copyOf(mentioned);
        }
    }
}
