package org.tocsin.mention.rights;

/** A one-way name for what must not be kept in clear; only who holds the daemon's key can tell whether it stands for a given word. */
@FunctionalInterface
public interface KeyedHash {
    /** @return 64 hexadecimal digits, for the same text always the same */
    String of(String clear);
}
