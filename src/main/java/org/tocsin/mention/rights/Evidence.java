package org.tocsin.mention.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.Source;

/** A mention as it is kept as evidence: everything that is known of it at that moment. */
final class Evidence {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Evidence() {}

    static String of(Mention mention, @Nullable Source source, List<String> watches) {
        HeardItem heard = mention.heard();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", mention.id());
        node.put("nativeId", heard.nativeId());
        node.put("kind", heard.kind().name());
        node.putObject("author")
                .put("name", heard.author().name())
                .put("handle", heard.author().handle())
                .put("url", heard.author().url());
        node.put("title", heard.title());
        node.put("text", heard.text());
        node.put("language", heard.language());
        node.put("url", heard.url());
        node.put("about", heard.about());
        node.put("publishedAt", time(heard.publishedAt()));
        node.put("heardAt", time(mention.heardAt()));
        node.put("revision", mention.revision());
        node.put("changeSeq", mention.changeSeq());
        heard.tags().forEach(node.putArray("tags")::add);
        heard.mentioned().forEach(node.putArray("mentioned")::add);
        heard.links().forEach(node.putArray("links")::add);
        node.put("media", heard.media());
        node.putObject("counts")
                .put("likes", heard.counts().likes())
                .put("reposts", heard.counts().reposts())
                .put("replies", heard.counts().replies())
                .put("followers", heard.counts().followers());
        ObjectNode from = node.putObject("source").put("id", mention.sourceId());
        if (source != null) {
            from.put("type", source.type()).put("name", source.name()).put("url", source.url());
        }
        watches.forEach(node.putArray("watches")::add);
        return write(node);
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    static ObjectNode read(String evidence) {
        try {
            return (ObjectNode) MAPPER.readTree(evidence);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(ObjectNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
