package org.tocsin.watch;

import org.jspecify.annotations.Nullable;

/** Where named word lists come from. */
@FunctionalInterface
public interface WordLists {
    /** @return null where there is none of this name */
    @Nullable
    WordList find(String name);

    /** @return the lists of one owner, where several keep their own under the same names */
    default WordLists of(String owner) {
        return this;
    }

    /** @return no lists */
    static WordLists none() {
        return name -> null;
    }
}
