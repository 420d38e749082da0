package org.tocsin.subscriber.dialogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Topic;

/**
 * What the conversation knows.
 *
 * @param topics     that can be chosen now
 * @param texts      of consent by language
 * @param mail       whether letters can go by mail
 * @param subscriber who speaks, where he is subscribed by this account
 * @param privacy    address of the notice; empty without a public address
 */
public record House(
        SignUpSettings settings,
        List<Topic> topics,
        Map<String, ConsentText> texts,
        boolean mail,
        Optional<Subscriber> subscriber,
        String privacy) {}
