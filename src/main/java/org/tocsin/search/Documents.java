package org.tocsin.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.tocsin.analysis.Token;
import org.tocsin.mention.Mention;
import org.tocsin.watch.Anchor;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Keys;
import org.tocsin.watch.keeping.WatchHit;

/** Mentions as documents. No text is stored: what is shown is read from the log, so that what is gone there is gone here as well. */
final class Documents {
    /** Lucene takes terms of 32,766 bytes; no watch can ask for one as long as this. */
    private static final int LONGEST = 8_000;

    private static final FieldType COUNTED = new FieldType();

    static {
        COUNTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        COUNTED.setTokenized(true);
        COUNTED.freeze();
    }

    private Documents() {}

    static Document of(Mention mention, Heard heard, List<WatchHit> hits) {
        Document document = new Document();
        document.add(new StringField(Fields.ID, mention.id(), Field.Store.NO));
        document.add(new SortedDocValuesField(Fields.ID, new BytesRef(mention.id())));
        long time = micros(mention.at());
        document.add(new LongPoint(Fields.TIME, time));
        document.add(new NumericDocValuesField(Fields.TIME, time));
        keyword(document, Fields.BRANCH, mention.branch().value());
        keyword(document, Fields.KIND, mention.heard().kind().name());
        hits.forEach(hit -> keyword(document, Fields.WATCH, hit.watchId()));
        List<String> words = new ArrayList<>();
        Map<Anchor.Kind, Set<String>> keys = new EnumMap<>(Anchor.Kind.class);
        Keys.of(heard, (kind, key) -> {
            if (kind == Anchor.Kind.WORD) {
                words.add(key);
            } else if (key.length() < LONGEST) {
                keys.computeIfAbsent(kind, some -> new LinkedHashSet<>()).add(key);
            }
        });
        document.add(new Field(Fields.WORD, new Words(words), COUNTED));
        document.add(new Field(
                Fields.TITLE,
                new Words(heard.title().tokens().stream()
                        .map(Token::form)
                        .distinct()
                        .toList()),
                COUNTED));
        keys.forEach((kind, all) -> all.forEach(key -> keyword(document, Fields.of(kind), key)));
        return document;
    }

    private static void keyword(Document document, String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }

    /** @return microseconds since 1970, as in the log */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
