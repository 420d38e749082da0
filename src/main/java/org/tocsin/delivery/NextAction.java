package org.tocsin.delivery;

/** What is to happen next with a delivery. */
public enum NextAction {
    /** Send, at the time given. */
    SEND,
    /** Ask the network, at the time given. */
    PROBE,
    /** A person decides. */
    PERSON,
    NONE
}
