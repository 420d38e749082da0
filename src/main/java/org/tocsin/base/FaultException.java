package org.tocsin.base;

import java.util.List;

/** What was asked for cannot be done; nothing was changed. It carries every fault found, not only the first. */
public final class FaultException extends RuntimeException {
    /** The sort of failure, which decides the status of an answer. */
    public enum Kind {
        /** A value is wrong. */
        INVALID,
        /** The body cannot be read at all. */
        MALFORMED,
        UNAUTHENTICATED,
        FORBIDDEN,
        /** There is no such thing, or it belongs to another branch. */
        NOT_FOUND,
        /** The thing has changed, or its state does not allow this. */
        CONFLICT,
        /** An idempotency key was used for something else. */
        KEY_REUSED,
        TOO_LARGE,
        TOO_MANY,
        /** A network could not be asked. */
        UPSTREAM,
        /** The disk is full, read-only or broken. */
        STORAGE
    }

    private final Kind kind;
    private final transient List<Fault> faults;

    public FaultException(Kind kind, List<Fault> faults) {
        super(kind + " " + faults);
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    public FaultException(Kind kind, Fault fault) {
        this(kind, List.of(fault));
    }

    /** A value is wrong. */
    public static FaultException invalid(String pointer, Message message) {
        return new FaultException(Kind.INVALID, Fault.at(pointer, message));
    }

    /** There is no such thing. */
    public static FaultException notFound(String what, String id) {
        return new FaultException(Kind.NOT_FOUND, Fault.at("", Message.of("base.not-found", "what", what, "id", id)));
    }

    /** The state of the thing does not allow this. */
    public static FaultException conflict(Message message) {
        return new FaultException(Kind.CONFLICT, Fault.at("", message));
    }

    public Kind kind() {
        return kind;
    }

    /** @return at least one fault */
    public List<Fault> faults() {
        return faults;
    }
}
