package org.tocsin.base;

import java.util.Objects;

/** A credential. It never prints itself: {@link #toString()} is a mask, and there is no serialised form. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * @param value the credential as the network gave it
     * @return a holder that masks it
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value));
    }

    /** @return the credential in clear; to be passed on, never kept or logged */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
