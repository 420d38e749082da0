package org.tocsin.network;

/** The requests beside publishing that a network may charge for. */
public enum Query {
    /** {@link Network#delete}. */
    DELETE,
    /** {@link Network#find}: the most that one look can cost. */
    PROBE,
    /** {@link Network#check}. */
    CHECK
}
