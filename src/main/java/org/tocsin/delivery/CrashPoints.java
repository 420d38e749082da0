package org.tocsin.delivery;

/**
 * Named places between two durable steps. In the daemon they do nothing; the crash test arms one, and the process dies there as if
 * its power had been cut.
 */
@FunctionalInterface
public interface CrashPoints {
    /** Nothing happens anywhere. */
    CrashPoints NONE = name -> {};

    /** @param name one of the places: {@code intent.before-commit}, {@code intent.after-commit} … */
    void pass(String name);
}
