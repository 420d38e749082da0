package org.tocsin.web.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a post that is out can be corrected.
 *
 * @param version  of the post that it was filled in from: what was typed beside an older one is refused until that is looked at
 * @param text     for all channels that say nothing of their own
 * @param erratum  what is said in answer where nothing can be edited
 * @param texts    of the channels where it is out
 * @param warnings whether one of them has a field for a warning
 * @param warning  the post's
 * @param seen     what they will show; null while nothing was written
 */
public record CorrectForm(
        long version,
        String text,
        String erratum,
        List<EditForm.Own> texts,
        boolean warnings,
        String warning,
        Preview.@Nullable Seen seen) {}
