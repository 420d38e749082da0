package org.tocsin.watch;

import java.util.List;

/**
 * Words that several watches share.
 *
 * @param name    as watches name it, without braces
 * @param version grows with each change
 * @param entries each a word, phrase, tag or handle in the language of watches
 */
public record WordList(String name, long version, List<String> entries) {
    public WordList {
        entries = List.copyOf(entries);
    }
}
