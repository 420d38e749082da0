package org.tocsin.web.desk;

import java.util.List;

/**
 * A post, or a part of a thread, as it was rehearsed. Empty strings for what it has not.
 *
 * @param facts     whose rules, when, and what else is to be known of it
 * @param edited    a mark where it was given other words
 * @param withdrawn when it was taken back
 * @param images    what each shows
 */
public record Rehearsed(
        String channel,
        String text,
        String warning,
        String facts,
        String edited,
        String withdrawn,
        List<String> images,
        String card,
        String cardUrl) {}
