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
 */
public record About(
        String author, String campaign, String warning, String visibility, String planned, List<Picture> images) {}
