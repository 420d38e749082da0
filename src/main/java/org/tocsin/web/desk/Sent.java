package org.tocsin.web.desk;

import java.util.List;

/** A delivery on the page of its post: its parts, the edits that count now, and every attempt, in plain words. */
public record Sent(Row row, List<Parts.Line> parts, List<String> edits, List<String> attempts) {}
