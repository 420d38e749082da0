package org.tocsin.watch;

/** How often an anchor is met: by it the cheapest is chosen. */
@FunctionalInterface
public interface Rarity {
    /** @return the share of items that have it, above 0 and at most 1; an estimate */
    double of(Anchor anchor);

    /** @return an estimate that knows no items: long words are rare, short beginnings are not */
    static Rarity byLength() {
        return anchor -> {
            int length = Math.min(anchor.key().length(), 16);
            return switch (anchor.kind()) {
                case WORD, STEM, ADDRESS -> Math.pow(0.6, length) * 0.2;
                case BEGINNING -> Math.pow(0.55, Math.min(length, 8)) * 0.4;
                case TAG, TAGS -> Math.pow(0.6, length) * 0.05;
                case HANDLE, AUTHOR, NAME, SITE -> 0.0005;
                case LANGUAGE -> 0.5;
                case SOURCE -> 0.3;
            };
        };
    }
}
