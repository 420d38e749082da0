package org.tocsin.web.desk;

import java.util.Map;

/**
 * A form by which a person adds a source of one type.
 *
 * @param name     of the type, in words
 * @param how      what it hears, and what it does not
 * @param channels by which it can be read, names by id; empty where it needs none
 * @param query    what is to be typed; empty where nothing is
 * @param paid     whether reading costs money
 */
public record NewSource(
        String type, String name, String how, Map<String, String> channels, String query, boolean paid) {}
