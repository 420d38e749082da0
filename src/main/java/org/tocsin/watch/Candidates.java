package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.tocsin.analysis.LightStem;
import org.tocsin.analysis.Token;

/** Finds the watches that may match one item, and tries each once. */
final class Candidates {
    /** For keys that one item can meet twice: a beginning of two words, a tag in the text and beside it. Also a watch with several anchors. */
    private static final int AGAIN = 1;

    private final Snapshot snapshot;
    private final Heard heard;
    private final int budget;
    private final LongSupplier ticker;
    private final int times;
    private final Failures failures;
    private final List<Match> matches;
    private final SlotSet tried;
    private int candidates;
    private long last;

    /** @param times for how many items this one counts in the cost of its watches; 0 for not timed */
    Candidates(Snapshot snapshot, Heard heard, int budget, LongSupplier ticker, int times, Failures failures) {
        this.snapshot = snapshot;
        this.heard = heard;
        this.budget = budget;
        this.ticker = ticker;
        this.times = times;
        this.failures = failures;
        this.matches = new ArrayList<>();
        this.tried = new SlotSet();
    }

    /** Told of a watch that threw. */
    @FunctionalInterface
    interface Failures {
        void failed(Entry entry, RuntimeException cause);
    }

    Matches run() {
        last = times == 0 ? 0 : ticker.getAsLong();
        for (Segment segment : snapshot.segments()) {
            for (int post : segment.always()) {
                post(post);
            }
            words(segment);
            values(segment);
        }
        return new Matches(matches, Math.min(candidates, budget), candidates <= budget);
    }

    private void words(Segment segment) {
        Passage body = heard.body();
        Table words = segment.table(Anchor.Kind.WORD);
        Table stems = segment.table(Anchor.Kind.STEM);
        Table tags = segment.table(Anchor.Kind.TAG);
        Table handles = segment.table(Anchor.Kind.HANDLE);
        for (int i = 0; i < body.size(); i++) {
            if (!body.isFirst(i)) {
                continue;
            }
            Token token = body.token(i);
            switch (token.kind()) {
                case WORD -> {
                    key(words, token.form(), 0);
                    walk(segment.beginnings(), token.form());
                    if (!stems.isEmpty()) {
                        key(stems, LightStem.of(token.form()), AGAIN);
                    }
                }
                case TAG -> {
                    key(tags, token.form(), AGAIN);
                    walk(segment.tags(), token.form());
                }
                case HANDLE -> key(handles, token.form(), AGAIN);
            }
        }
    }

    private void values(Segment segment) {
        if (!heard.item().tags().isEmpty()) {
            for (String tag : heard.givenTags()) {
                key(segment.table(Anchor.Kind.TAG), tag, AGAIN);
                walk(segment.tags(), tag);
            }
        }
        if (!heard.item().mentions().isEmpty()) {
            keys(segment.table(Anchor.Kind.HANDLE), heard.givenHandles());
        }
        Table sites = segment.table(Anchor.Kind.SITE);
        if (!sites.isEmpty()) {
            keys(sites, heard.sites());
        }
        Table authors = segment.table(Anchor.Kind.AUTHOR);
        if (!authors.isEmpty()) {
            keys(authors, heard.authors());
        }
        passage(segment.table(Anchor.Kind.NAME), Scope.AUTHOR);
        passage(segment.table(Anchor.Kind.ADDRESS), Scope.ADDRESS);
        Table languages = segment.table(Anchor.Kind.LANGUAGE);
        if (!languages.isEmpty()) {
            keys(languages, heard.languages());
        }
        Table sources = segment.table(Anchor.Kind.SOURCE);
        if (!sources.isEmpty()) {
            keys(sources, heard.sources());
        }
    }

    private void passage(Table table, Scope scope) {
        if (table.isEmpty()) {
            return;
        }
        Passage passage = heard.passage(scope);
        for (int i = 0; i < passage.size(); i++) {
            if (passage.isFirst(i)) {
                key(table, passage.token(i).form(), 0);
            }
        }
    }

    private void keys(Table table, Iterable<String> keys) {
        for (String key : keys) {
            key(table, key, AGAIN);
        }
    }

    private void key(Table table, String key, int again) {
        int number = table.find(key);
        if (number < 0) {
            return;
        }
        for (int at = table.start(number); at < table.end(number); at++) {
            post(table.post(at) | again);
        }
    }

    private void walk(Trie trie, String form) {
        if (trie.isEmpty()) {
            return;
        }
        int node = trie.root();
        for (int i = 0; i < form.length(); i++) {
            node = trie.child(node, form.charAt(i));
            if (node < 0) {
                return;
            }
            for (int at = trie.start(node); at < trie.end(node); at++) {
                post(trie.post(at) | AGAIN);
            }
        }
    }

    private void post(int post) {
        int slot = post >>> 1;
        if (snapshot.isDead(slot) || ((post & AGAIN) != 0 && !tried.add(slot))) {
            return;
        }
        Entry entry = snapshot.entries()[slot];
        if (entry.isAside() || ++candidates > budget) {
            return;
        }
        try {
            if (entry.root().test(heard)) {
                matches.add(new Match(entry, heard));
            }
        } catch (RuntimeException e) {
            // One bad watch never silences the others.
            failures.failed(entry, e);
        }
        if (times > 0) {
            long now = ticker.getAsLong();
            entry.ran((now - last) * times, times);
            last = now;
        }
    }
}
