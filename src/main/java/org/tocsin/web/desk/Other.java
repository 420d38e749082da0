package org.tocsin.web.desk;

import java.util.List;

/**
 * What somebody else wrote into the same draft.
 *
 * @param who     wrote it
 * @param when    in words
 * @param differs what is not the same beside the text
 * @param version of it
 */
public record Other(String who, String when, String text, List<Field> differs, long version) {
    public Other {
        differs = List.copyOf(differs);
    }

    /**
     * A field that says one thing here and another there.
     *
     * @param name   in words
     * @param mine   empty for nothing
     * @param theirs empty for nothing
     */
    public record Field(String name, String mine, String theirs) {}
}
