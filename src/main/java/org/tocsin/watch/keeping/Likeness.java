package org.tocsin.watch.keeping;

import java.util.ArrayList;
import java.util.List;

/**
 * By what two longer texts are known to be nearly the same: a hash of 64 bits of their shingles of three words, in which nearly the same
 * texts differ in few bits (Charikar, 2002). What differs in at most {@value #MOST_BITS} has at least one of four bands in common, so that
 * a look at four names finds it.
 */
final class Likeness {
    /** Fewer words make too few shingles to tell. */
    static final int FEWEST_WORDS = 12;

    static final int MOST_BITS = 3;
    private static final int SHINGLE = 3;
    private static final int BANDS = 4;
    private static final int BAND_BITS = 16;

    private Likeness() {}

    /** @return the names under which the text is found again, none where it is too short */
    static List<String> names(List<String> words) {
        if (words.size() < FEWEST_WORDS) {
            return List.of();
        }
        long hash = hash(words);
        List<String> names = new ArrayList<>();
        for (int band = 0; band < BANDS; band++) {
            long value = hash >>> (band * BAND_BITS) & 0xFFFF;
            names.add("sim:%d:%04x:%016x".formatted(band, value, hash));
        }
        return names;
    }

    /** @return the beginning that a name has in common with those of its band */
    static String band(String name) {
        return name.substring(0, name.lastIndexOf(':') + 1);
    }

    /** @return whether the texts of two names are nearly the same */
    static boolean alike(String one, String other) {
        return Long.bitCount(hashOf(one) ^ hashOf(other)) <= MOST_BITS;
    }

    private static long hashOf(String name) {
        return Long.parseUnsignedLong(name.substring(name.lastIndexOf(':') + 1), 16);
    }

    /** @param words at least three */
    static long hash(List<String> words) {
        int[] balance = new int[Long.SIZE];
        for (int i = 0; i + SHINGLE <= words.size(); i++) {
            long shingle = 0;
            for (String word : words.subList(i, i + SHINGLE)) {
                shingle = mixed(shingle * 31 + hash(word));
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
