package org.tocsin.watch;

import org.jspecify.annotations.Nullable;

/** Where named word lists come from. */
@FunctionalInterface
public interface WordLists {
    /** @return null where there is none of this name */
    @Nullable
    WordList find(String name);

    /** @return no lists */
    static WordLists none() {
        return name -> null;
    }
}
