package org.tocsin.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * What a committed index says of itself.
 *
 * @param seq      up to which number of the log it has everything
 * @param schema   of its fields
 * @param analysis the version of the words in it
 * @param database of which it is a copy
 * @param whole    whether it has caught up with the log once
 */
record Stamp(long seq, int schema, int analysis, String database, boolean whole) {
    Map<String, String> data() {
        return Map.of(
                "seq",
                String.valueOf(seq),
                "schema",
                String.valueOf(schema),
                "analysis",
                String.valueOf(analysis),
                "database",
                database,
                "whole",
                String.valueOf(whole));
    }

    Stamp at(long other) {
        return new Stamp(other, schema, analysis, database, whole);
    }

    Stamp complete() {
        return new Stamp(seq, schema, analysis, database, true);
    }

    /** @return whether words and fields are those of the other */
    boolean speaks(Stamp other) {
        return schema == other.schema && analysis == other.analysis;
    }

    /** @return what the index in that folder says; empty where there is none that can be read */
    static Optional<Stamp> of(Path folder) {
        try (Directory directory = FSDirectory.open(folder)) {
            Map<String, String> data = SegmentInfos.readLatestCommit(directory).getUserData();
            return Optional.of(new Stamp(
                    Long.parseLong(data.getOrDefault("seq", "")),
                    Integer.parseInt(data.getOrDefault("schema", "")),
                    Integer.parseInt(data.getOrDefault("analysis", "")),
                    data.getOrDefault("database", ""),
                    Boolean.parseBoolean(data.get("whole"))));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
