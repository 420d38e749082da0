package org.tocsin.web.desk;

/** An image in the form of a post: its id, its file's name for people, and what it shows. */
public record Picture(String id, String label, String alt) {}
