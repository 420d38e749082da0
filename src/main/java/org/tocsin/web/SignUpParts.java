package org.tocsin.web;

import java.util.function.Function;
import org.tocsin.base.Secret;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.ImportRuns;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.PersonRequests;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpLinks;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.Team;
import org.tocsin.subscriber.hook.SubscriptionHooks;

/**
 * Signing up to the newsletter.
 *
 * @param bots asks Telegram for the name of the bot of a token; throws FaultException INVALID where it is none
 * @param base the public address, without a slash at its end
 */
public record SignUpParts(
        SignUps signUps,
        Choices choices,
        Leaving leaving,
        LetterLinks links,
        Team team,
        SignUpKeeping keeping,
        SignUpLinks brings,
        PersonRequests requests,
        SubscriberImport imports,
        ImportRuns runs,
        SubscriptionHooks hooks,
        ProcessingRegister processing,
        Function<Secret, String> bots,
        String base) {}
