package org.tocsin.people;

/** What a token may do. Each includes nothing of the others. */
public enum Scope {
    /** See posts, deliveries, channels, the ledger, freezes, notices. */
    READ,
    /** Submit, cancel, correct and delete posts; upload media. */
    POST,
    /** Approve what an author has written for a channel that wants approval. */
    APPROVE,
    /** Resolve, retry, freeze; campaigns and the mention book. */
    MANAGE,
    /** Channels, tokens. */
    ADMIN
}
