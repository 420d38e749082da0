package org.tocsin.newsletter;

/** Makes a post of a newsletter that goes out, with a link to the page where everybody reads it. */
@FunctionalInterface
public interface AlsoPost {
    /** Makes none. */
    AlsoPost NONE = newsletter -> {};

    /** Told once the newsletter has begun; told again after a crash, so that it must make one post however often. */
    void begun(Newsletter newsletter);
}
