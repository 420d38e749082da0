package org.tocsin.app;

/** The version of this daemon. */
public final class Version {
    private Version() {}

    /** @return as in the jar's manifest; {@code dev} when it runs from classes */
    public static String get() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
