package org.tocsin.web.desk;

import java.util.List;

/**
 * What a post is, beside its text. What is not given is empty.
 *
 * @param author     who submitted it
 * @param campaign   its name
 * @param warning    of its content
 * @param visibility in words
 * @param planned    when it was planned for, in its own zone
 * @param images     with what each shows
 * @param answers    the address of what it answers
 * @param corrects   the id of the post that it is an erratum of
 */
public record About(
        String author,
        String campaign,
        String warning,
        String visibility,
        String planned,
        List<Picture> images,
        String answers,
        String corrects) {
    /** @return whether anything is given that stands in a list below the text */
    public boolean facts() {
        return !(planned + campaign + visibility + answers + corrects).isEmpty();
    }

    /** @return whether what it answers can be opened */
    public boolean opens() {
        return Rows.web(answers);
    }
}
