package org.tocsin.web.desk;

/**
 * A channel to choose.
 *
 * @param health how it is
 */
public record Chip(String id, String name, String network, String letter, HealthMark health, boolean chosen) {}
