package org.tocsin.watch.keeping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what two longer texts are known to be nearly the same: a hash of 64 bits of their shingles of three words, in which nearly the same
 * texts differ in few bits (Charikar, 2002). What differs in at most {@value #MOST_BITS} has at least one of four bands in common, so that
 * a look at four bands finds it.
 */
final class Likeness {
    /** Fewer words make too few shingles to tell. */
    static final int FEWEST_WORDS = 12;

    static final int MOST_BITS = 3;
    static final int BANDS = 4;
    private static final int SHINGLE = 3;
    private static final int BAND_BITS = 16;

    private Likeness() {}

    /** @return null where the text is too short */
    static @Nullable Long of(List<String> words) {
        return words.size() < FEWEST_WORDS ? null : hash(words);
    }

    /** @return the bits of a band, from 0 to 65,535 */
    static int band(long hash, int band) {
        return (int) (hash >>> (band * BAND_BITS) & 0xFFFF);
    }

    /** @return whether the texts of two hashes are nearly the same */
    static boolean alike(long one, long other) {
        return Long.bitCount(one ^ other) <= MOST_BITS;
    }

    /** @param words at least three */
    static long hash(List<String> words) {
        long[] each = words.stream().mapToLong(Likeness::hash).toArray();
        int[] balance = new int[Long.SIZE];
        for (int i = 0; i + SHINGLE <= each.length; i++) {
            long shingle = 0;
            for (int word = i; word < i + SHINGLE; word++) {
                shingle = mixed(shingle * 31 + each[word]);
            }
            for (int bit = 0; bit < Long.SIZE; bit++) {
                balance[bit] += (shingle >>> bit & 1) == 0 ? -1 : 1;
            }
        }
        long hash = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (balance[bit] > 0) {
                hash |= 1L << bit;
            }
        }
        return hash;
    }

    /** The same on every machine and for good, as it is stored: FNV-1a. */
    static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** Each bit of the result hangs on each of what is given (MurmurHash3's last step). */
    private static long mixed(long given) {
        long hash = (given ^ given >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
