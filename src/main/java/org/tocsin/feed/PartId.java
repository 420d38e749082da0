package org.tocsin.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The remote id of a segment: that of the item, and behind a full stop the place of the part where it is not the first. One item holds
 * a whole thread, and yet every segment has an id of its own.
 *
 * @param item UUID
 * @param part from 0
 */
record PartId(String item, int part) {
    private static final Pattern GRAMMAR =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.([1-9][0-9]{0,4}))?");

    static Optional<PartId> parse(String remoteId) {
        Matcher matcher = GRAMMAR.matcher(remoteId);
        return matcher.matches()
                ? Optional.of(
                        new PartId(matcher.group(1), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    String remoteId() {
        return part == 0 ? item : item + "." + part;
    }
}
