package org.tocsin.watch;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some of the watches, filed under their anchors; frozen. A post is a slot, doubled, plus one where the watch has several anchors. */
final class Segment {
    private final int[] slots;
    private final Map<Anchor.Kind, Table> tables;
    private final Trie beginnings;
    private final Trie tags;
    private final int[] always;

    private Segment(int[] slots, Map<Anchor.Kind, Table> tables, Trie beginnings, Trie tags, int[] always) {
        this.slots = slots;
        this.tables = tables;
        this.beginnings = beginnings;
        this.tags = tags;
        this.always = always;
    }

    static Segment of(int[] slots, Entry[] entries, Rarity rarity) {
        Map<Anchor.Kind, Map<String, Postings>> filed = new EnumMap<>(Anchor.Kind.class);
        for (Anchor.Kind kind : Anchor.Kind.values()) {
            filed.put(kind, new HashMap<>());
        }
        Postings always = new Postings();
        for (int slot : slots) {
            List<Anchor> anchors = Plan.of(entries[slot].root()).anchors(rarity);
            int post = (slot << 1) | (anchors.size() > 1 ? 1 : 0);
            if (anchors.isEmpty()) {
                always.add(post);
            }
            for (Anchor anchor : anchors) {
                filed.get(anchor.kind())
                        .computeIfAbsent(anchor.key(), key -> new Postings())
                        .add(post);
            }
        }
        Map<Anchor.Kind, Table> tables = new EnumMap<>(Anchor.Kind.class);
        filed.forEach((kind, keys) -> {
            if (kind != Anchor.Kind.BEGINNING && kind != Anchor.Kind.TAGS) {
                tables.put(kind, Table.of(keys));
            }
        });
        int[] all = new int[always.size()];
        always.copyTo(all, 0);
        return new Segment(
                slots, tables, Trie.of(filed.get(Anchor.Kind.BEGINNING)), Trie.of(filed.get(Anchor.Kind.TAGS)), all);
    }

    int size() {
        return slots.length;
    }

    int[] slots() {
        return slots;
    }

    Table table(Anchor.Kind kind) {
        Table table = tables.get(kind);
        if (table == null) {
            throw new IllegalArgumentException(kind.name());
        }
        return table;
    }

    Trie beginnings() {
        return beginnings;
    }

    Trie tags() {
        return tags;
    }

    /** @return posts of watches without a sure anchor, tried on every item */
    int[] always() {
        return always;
    }
}
