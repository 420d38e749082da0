package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;

/** One reading of one text: words, and between them links, tags and handles, each given its position. */
final class Reading {
    private static final String EMPTY = " ";

    private final Folding folding;
    private final Cleaned cleaned;
    private final String text;
    private final boolean cut;
    private final TokenSink sink;
    private final Words words;
    private final List<Address> addresses;

    /** @param whole false for the beginning of a word, whose end is not known */
    Reading(Folding folding, String raw, boolean whole) {
        this.folding = folding;
        this.cleaned = Cleaned.of(raw, Analysis.LONGEST);
        this.text = cleaned.text();
        this.cut = raw.length() > Analysis.LONGEST;
        this.sink = new TokenSink(cleaned);
        this.words = new Words(folding, text, sink, whole);
        this.addresses = new ArrayList<>();
    }

    Tokens tokens() {
        List<Entity> entities = Entities.find(text);
        List<Segment> segments = Segmenter.segments(masked(entities));
        int entity = 0;
        int segment = 0;
        while (entity < entities.size() || segment < segments.size()) {
            boolean words = entity == entities.size()
                    || (segment < segments.size()
                            && segments.get(segment).start()
                                    < entities.get(entity).start());
            if (words) {
                segment = this.words.read(segments, segment);
            } else {
                read(entities.get(entity++));
            }
        }
        return new Tokens(sink.tokens(), sink.position(), addresses, cut);
    }

    private char[] masked(List<Entity> entities) {
        char[] masked = text.toCharArray();
        for (Entity entity : entities) {
            java.util.Arrays.fill(masked, entity.start(), entity.end(), EMPTY.charAt(0));
        }
        return masked;
    }

    private void read(Entity entity) {
        switch (entity.kind()) {
            case LINK -> {
                String url = text.substring(entity.start(), entity.end());
                addresses.add(
                        new Address(url, Hosts.host(url), cleaned.start(entity.start()), cleaned.end(entity.end())));
                sink.advance(1);
            }
            case HANDLE -> handle(entity);
            case CASHTAG -> {
                sink.word(
                        folding.fold(text, entity.start(), entity.end()), entity.start(), entity.end(), Token.PRIMARY);
                sink.word(folding.fold(text, entity.start() + 1, entity.end()), entity.start() + 1, entity.end(), 0);
                sink.advance(1);
            }
            case TAG -> tag(entity);
        }
    }

    private void handle(Entity entity) {
        String handle = text.substring(entity.start(), entity.end());
        String form = handle.charAt(0) == 'd' ? handle : handle.substring(1).toLowerCase(java.util.Locale.ROOT);
        int server = form.indexOf('@');
        sink.add(Token.Kind.HANDLE, form, 1, entity, Token.PRIMARY);
        if (server > 0) {
            sink.add(Token.Kind.HANDLE, form.substring(0, server), 1, entity, 0);
        }
        sink.advance(1);
    }

    private void tag(Entity entity) {
        List<int[]> parts = TagParts.of(text, entity.start() + 1, entity.end());
        if (parts.isEmpty()) {
            sink.advance(1);
            return;
        }
        StringBuilder whole = new StringBuilder();
        for (int[] part : parts) {
            whole.append(text, part[0], part[1]);
        }
        String form = folding.fold(whole.toString(), 0, whole.length());
        sink.add(Token.Kind.TAG, form, parts.size(), entity, Token.PRIMARY);
        if (parts.size() > 1 && form.length() <= Analysis.LONGEST_TOKEN) {
            int flags = Token.FROM_TAG | Token.GLUED;
            sink.glued(form, whole.toString(), parts.size(), entity.start() + 1, entity.end(), flags);
        }
        for (int[] part : parts) {
            words.plain(part[0], part[1], Token.FROM_TAG);
            sink.advance(1);
        }
    }
}
