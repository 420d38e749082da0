package org.tocsin.web.desk;

import java.util.List;

/**
 * What a watch heard in a period, in words.
 *
 * @param share of all mentions of the period, in words
 * @param edits what was changed of its words, when and by whom
 */
public record VoiceRow(String name, String mentions, String stories, String share, List<String> edits) {
    public VoiceRow {
        edits = List.copyOf(edits);
    }
}
