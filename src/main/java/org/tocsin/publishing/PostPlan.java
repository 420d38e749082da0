package org.tocsin.publishing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;

/**
 * A request that was checked and not yet accepted.
 *
 * @param request  as asked
 * @param composed what will be said on each channel
 * @param language of the post
 * @param dueAt    when; null for at once
 * @param zone     of that time
 * @param warnings what the author should know
 * @param slotted  whether that is a slot, which may be taken before this is accepted
 * @param corrects the post that it is an erratum of, null for none
 */
public record PostPlan(
        PostRequest request,
        List<Composed> composed,
        String language,
        @Nullable Instant dueAt,
        ZoneId zone,
        boolean slotted,
        List<Message> warnings,
        @Nullable String corrects) {
    public PostPlan {
        composed = List.copyOf(composed);
        warnings = List.copyOf(warnings);
    }

    /** @return the same, saying that on its channels */
    PostPlan saying(List<Composed> other) {
        return new PostPlan(request, other, language, dueAt, zone, slotted, warnings, corrects);
    }

    PostPlan correcting(String postId) {
        return new PostPlan(request, composed, language, dueAt, zone, slotted, warnings, postId);
    }

    /** @return the same at another slot */
    PostPlan at(Instant other, String local) {
        return new PostPlan(request.at(local), composed, language, other, zone, slotted, warnings, corrects);
    }
}
