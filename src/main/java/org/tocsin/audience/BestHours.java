package org.tocsin.audience;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * When posts were answered more than usual, by the part of the day and by the day of the week, each by itself: both together would leave a
 * post or two in each. A post counts as what it got at a comparable age divided by what is usual on its channel (the channel's median), so
 * that a big channel does not decide; and it counts once, with the mean over its channels, because the same words on three channels at the same
 * time are not three observations.
 *
 * @param hours    eight parts of the day of three hours each, from midnight
 * @param weekdays from Monday
 * @param posts    that were compared
 * @param leftOut  readings on channels for which nothing is usual yet: fewer than {@link Median#FEWEST} posts, or mostly without an answer
 */
public record BestHours(List<Slot> hours, List<Slot> weekdays, int posts, int leftOut) {
    /** Hours in a part of the day. */
    public static final int BLOCK = 3;

    /**
     * A part of the day or a day of the week.
     *
     * @param posts that went out in it
     * @param ratio to what is usual, 1 for as usual; empty where there are too few posts to say
     */
    public record Slot(int posts, Optional<Median> ratio) {}

    /**
     * A reading at a comparable age.
     *
     * @param publishedAt in the organisation's zone
     * @param engagement  0 or more
     */
    public record Seen(String postId, String channelId, LocalDateTime publishedAt, double engagement) {}

    private record Rated(LocalDateTime at, double ratio) {}

    /** Finds them. */
    public static BestHours of(Collection<Seen> seen) {
        Map<String, Double> usual = new HashMap<>();
        seen.stream().collect(Collectors.groupingBy(Seen::channelId)).forEach((channel, all) -> {
            List<Double> sorted = all.stream().map(Seen::engagement).sorted().toList();
            if (sorted.size() >= Median.FEWEST && Median.middle(sorted) > 0) {
                usual.put(channel, Median.middle(sorted));
            }
        });
        List<Seen> compared =
                seen.stream().filter(one -> usual.containsKey(one.channelId())).toList();
        List<Rated> rated = compared.stream().collect(Collectors.groupingBy(Seen::postId)).values().stream()
                .map(post -> new Rated(
                        post.stream()
                                .map(Seen::publishedAt)
                                .min(LocalDateTime::compareTo)
                                .orElseThrow(),
                        post.stream()
                                .mapToDouble(one -> one.engagement() / usual.getOrDefault(one.channelId(), 1.0))
                                .average()
                                .orElseThrow()))
                .toList();
        return new BestHours(
                slots(rated, 24 / BLOCK, one -> one.at().getHour() / BLOCK),
                slots(rated, 7, one -> one.at().getDayOfWeek().getValue() - 1),
                rated.size(),
                seen.size() - compared.size());
    }

    private static List<Slot> slots(List<Rated> rated, int count, ToIntFunction<Rated> place) {
        List<List<Double>> ratios = IntStream.range(0, count)
                .<List<Double>>mapToObj(i -> new ArrayList<>())
                .toList();
        rated.forEach(one -> ratios.get(place.applyAsInt(one)).add(one.ratio()));
        return ratios.stream().map(all -> new Slot(all.size(), Median.of(all))).toList();
    }
}
