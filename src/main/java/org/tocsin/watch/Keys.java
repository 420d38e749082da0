package org.tocsin.watch;

import java.util.function.BiConsumer;
import org.tocsin.analysis.LightStem;
import org.tocsin.analysis.Token;

/**
 * By what an index on disk finds an item: the keys of every anchor that it has. Beginnings are found among words and tags, whose keys they
 * begin.
 */
public final class Keys {
    private Keys() {}

    /** Gives every key with its kind; words once for each time they stand there, others perhaps more than once. */
    public static void of(Heard heard, BiConsumer<Anchor.Kind, String> keys) {
        Passage body = heard.body();
        for (int i = 0; i < body.size(); i++) {
            Token token = body.token(i);
            switch (token.kind()) {
                case WORD -> {
                    keys.accept(Anchor.Kind.WORD, token.form());
                    keys.accept(Anchor.Kind.STEM, LightStem.of(token.form()));
                }
                case TAG -> keys.accept(Anchor.Kind.TAG, token.form());
                case HANDLE -> keys.accept(Anchor.Kind.HANDLE, token.form());
            }
        }
        heard.givenTags().forEach(tag -> keys.accept(Anchor.Kind.TAG, tag));
        heard.givenHandles().forEach(handle -> keys.accept(Anchor.Kind.HANDLE, handle));
        heard.sites().forEach(site -> keys.accept(Anchor.Kind.SITE, site));
        heard.authors().forEach(author -> keys.accept(Anchor.Kind.AUTHOR, author));
        words(heard.author(), Anchor.Kind.NAME, keys);
        words(heard.address(), Anchor.Kind.ADDRESS, keys);
        heard.languages().forEach(language -> keys.accept(Anchor.Kind.LANGUAGE, language));
        heard.sources().forEach(source -> keys.accept(Anchor.Kind.SOURCE, source));
    }

    private static void words(Passage passage, Anchor.Kind kind, BiConsumer<Anchor.Kind, String> keys) {
        for (int i = 0; i < passage.size(); i++) {
            keys.accept(kind, passage.token(i).form());
        }
    }
}
