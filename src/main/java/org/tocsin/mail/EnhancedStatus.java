package org.tocsin.mail;

/** What a status of RFC 3463 is about, said at once or in a report that comes later: the same code means the same. */
final class EnhancedStatus {
    private EnhancedStatus() {}

    /**
     * @param status such as {@code 5.1.1}
     * @return whether the address itself will never take a letter; a full mailbox, a policy or a bad sender says nothing of it. 5.1.7 and 5.1.8 are
     *     about the sender's address
     */
    static boolean aboutAddress(String status) {
        return (status.startsWith("5.1.") && !status.equals("5.1.7") && !status.equals("5.1.8"))
                || status.equals("5.2.1");
    }
}
