package org.tocsin.mention;

/** What sort of thing was heard. */
public enum MentionKind {
    POST,
    REPLY,
    REPOST,
    QUOTE,
    /** An entry of a feed. */
    ARTICLE
}
