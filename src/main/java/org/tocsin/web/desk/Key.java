package org.tocsin.web.desk;

/**
 * An API token as a person sees it.
 *
 * @param id      of the token
 * @param name    what it is for
 * @param may     what it may do, in words
 * @param made    when, and by whom where that is known
 * @param used    when it was used last, or that it never was
 * @param ends    until when it is good, empty where it does not end
 * @param expired whether it has ended by itself
 * @param revoked when it was taken back, empty while it is good
 */
public record Key(
        String id, String name, String may, String made, String used, String ends, boolean expired, String revoked) {
    /** @return whether it still opens anything */
    public boolean good() {
        return !expired && revoked.isEmpty();
    }
}
