package org.tocsin.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Topic;

/**
 * What is really set, of what a register of processing has to say (GDPR, article 30).
 *
 * @param organisation   its name, for where nobody has said who answers for the newsletter
 * @param privacyContact whom to write to about what is heard; empty for none
 * @param newsletter     who answers for the newsletter, and what for
 * @param topics         what subscribers choose among
 * @param mail           host and encryption of the server by which mail leaves; null for none
 * @param returnsHost    of the mailbox of letters that came back; empty for none
 * @param follower       the program that follows subscribers; null for none
 * @param channels       ids of the networks on which is published
 * @param heard          ids of the networks that are listened to
 * @param kept           how long words that were heard are kept
 * @param ways           sorts of ways by which the team is told, as {@link org.tocsin.recipient.WayKind} names them
 * @param users          how many people of the team have an account
 */
public record ProcessingFacts(
        String organisation,
        String privacyContact,
        SignUpSettings newsletter,
        List<Topic> topics,
        @Nullable Mail mail,
        String returnsHost,
        @Nullable Follower follower,
        List<String> channels,
        List<String> heard,
        Duration kept,
        List<String> ways,
        int users) {
    public ProcessingFacts {
        topics = List.copyOf(topics);
        channels = List.copyOf(channels);
        heard = List.copyOf(heard);
        ways = List.copyOf(ways);
    }

    /** @param encryption {@code STARTTLS}, {@code TLS} or {@code NONE} */
    public record Mail(String host, String encryption) {}

    /** @param withAddress whether it is told addresses as well */
    public record Follower(String host, boolean withAddress) {}
}
