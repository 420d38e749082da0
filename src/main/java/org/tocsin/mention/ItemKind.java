package org.tocsin.mention;

/** What sort of thing was heard. */
public enum ItemKind {
    POST,
    REPLY,
    REPOST,
    QUOTE,
    ARTICLE
}
