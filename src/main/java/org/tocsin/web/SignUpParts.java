package org.tocsin.web;

import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Team;

/**
 * Signing up to the newsletter.
 *
 * @param base the public address, without a slash at its end
 */
public record SignUpParts(
        SignUps signUps,
        Choices choices,
        Leaving leaving,
        LetterLinks links,
        Team team,
        SignUpKeeping keeping,
        String base) {}
