package org.tocsin.watch;

import java.util.List;
import java.util.TreeSet;

/** Collects the places to highlight. */
final class Hits {
    private final Heard heard;
    private final TreeSet<Hit> found;

    Hits(Heard heard) {
        this.heard = heard;
        this.found = new TreeSet<>();
    }

    void add(Scope scope, Spans spans) {
        if (scope != Scope.BODY && scope != Scope.TITLE) {
            return;
        }
        Passage body = heard.body();
        for (int i = 0; i < spans.size(); i++) {
            Hit.Field field = spans.start(i) < body.second() ? Hit.Field.TITLE : Hit.Field.TEXT;
            int start = body.token(spans.firstToken(i)).start();
            int end = body.token(spans.lastToken(i)).end();
            found.add(new Hit(field, Math.min(start, end), Math.max(start, end)));
        }
    }

    List<Hit> list() {
        return List.copyOf(found);
    }
}
