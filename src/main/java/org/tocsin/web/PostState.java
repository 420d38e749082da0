package org.tocsin.web;

/** What a post is as a whole. */
public enum PostState {
    /** A delivery of it needs a person. */
    ATTENTION,
    SCHEDULED,
    /** Under way. */
    SENDING,
    /** Nothing happens any more by itself. */
    DONE,
    /** It is being taken back from where it is out. */
    DELETING,
    DELETED
}
