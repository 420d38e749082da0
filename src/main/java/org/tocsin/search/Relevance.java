package org.tocsin.search;

import org.apache.lucene.search.similarities.BasicStats;
import org.apache.lucene.search.similarities.SimilarityBase;

/**
 * How much a mention is about a word: more where it stands often and among few others. It depends on the mention and the word alone, and not
 * on what else was heard: so a second page goes on where the first ended, whatever came in between.
 */
final class Relevance extends SimilarityBase {
    /** A post of a few dozen words. */
    private static final double USUAL = 30;

    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    @Override
    protected double score(BasicStats stats, double freq, double length) {
        double norm = 1 - LENGTH + LENGTH * length / USUAL;
        return stats.getBoost() * freq / (freq + SATURATION * norm);
    }

    @Override
    public String toString() {
        return "relevance";
    }
}
