package org.tocsin.web.desk;

/** A channel to choose. */
public record Chip(String id, String name, String network, String letter, boolean chosen) {}
