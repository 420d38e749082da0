package org.tocsin.newsletter;

/**
 * Who answers for a newsletter, as each letter says.
 *
 * @param controller of the data (GDPR, article 4)
 * @param address    by post; empty where none was given
 * @param contact    by mail or otherwise; empty where none was given
 */
public record Imprint(String controller, String address, String contact) {}
