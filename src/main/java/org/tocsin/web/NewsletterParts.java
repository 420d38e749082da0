package org.tocsin.web;

import org.tocsin.newsletter.Bounces;
import org.tocsin.newsletter.LetterComposer;
import org.tocsin.newsletter.Newsletters;
import org.tocsin.newsletter.PostDigest;
import org.tocsin.newsletter.SegmentChoices;

/**
 * Newsletters, as they are served.
 *
 * @param newsletters what people do with them
 * @param digest      makes one of posts
 * @param composer    writes what everybody may read
 * @param choices     what a segment is made of
 * @param bounces     what came back
 * @param perMinute   how many letters leave by mail in a minute
 * @param perDay      how many in a day at most; 0 for no limit
 */
public record NewsletterParts(
        Newsletters newsletters,
        PostDigest digest,
        LetterComposer composer,
        SegmentChoices choices,
        Bounces bounces,
        int perMinute,
        int perDay) {}
