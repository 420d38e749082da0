package org.tocsin.publishing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.Revision;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;

/**
 * How a post that is out is corrected, checked and not yet accepted: channel by channel, an edit where that can be, else an erratum.
 *
 * @param before   the post as it was seen
 * @param text     what it shall say
 * @param variants of the post from then on
 * @param warning  its content warning from then on, null for none
 * @param steps    what happens to each delivery that is out, or has stopped before it was
 * @param erratum  the post that says it where nothing can be edited, null where that is nowhere
 * @param warnings what the author should know
 */
public record RevisionPlan(
        Post before,
        String text,
        Map<String, PostVariant> variants,
        @Nullable String warning,
        List<Step> steps,
        @Nullable PostPlan erratum,
        List<Message> warnings) {
    public RevisionPlan {
        variants = Map.copyOf(variants);
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /** What happens. */
    public enum Action {
        /** The post gets the new words. */
        EDIT,
        /** The erratum answers the post. */
        ERRATUM,
        /** Nothing of it has left: it says the new words when a person lets it go on. */
        LATER,
        /** Nothing: it says so already, or the channel is gone. */
        NONE
    }

    /**
     * What happens to one delivery.
     *
     * @param reason   why it is not edited, null where it is
     * @param composed what the channel says after it, the erratum where there is one; null where nothing happens
     * @param wordings the new words by the index of the segment, only of those that change
     */
    public record Step(
            Delivery delivery,
            Action action,
            @Nullable Message reason,
            @Nullable Composed composed,
            Map<Integer, Revision.Wording> wordings) {
        public Step {
            wordings = Map.copyOf(wordings);
        }

        static Step edit(Delivery delivery, Composed composed, Map<Integer, Revision.Wording> wordings) {
            return new Step(delivery, Action.EDIT, null, composed, wordings);
        }

        static Step later(Delivery delivery, Composed composed) {
            return new Step(delivery, Action.LATER, null, composed, Map.of());
        }

        static Step not(Delivery delivery, Action action, Message reason) {
            return new Step(delivery, action, reason, null, Map.of());
        }

        Step saying(Composed erratum) {
            return new Step(delivery, action, reason, erratum, wordings);
        }
    }

    /** @return the steps of that sort */
    public List<Step> of(Action action) {
        return steps.stream().filter(step -> step.action() == action).toList();
    }

    /** @return the channels of the steps of that sort */
    List<String> channels(Action action) {
        return of(action).stream().map(step -> step.delivery().channelId()).toList();
    }

    /** @return the same with the erratum, shown at each step that it is for */
    RevisionPlan with(PostPlan said) {
        List<Step> shown = steps.stream()
                .map(step -> step.action() == Action.ERRATUM
                        ? said.composed().stream()
                                .filter(one -> Objects.equals(
                                        one.channel().id(), step.delivery().channelId()))
                                .findFirst()
                                .map(step::saying)
                                .orElse(step)
                        : step)
                .toList();
        return new RevisionPlan(before, text, variants, warning, shown, said, warnings);
    }
}
