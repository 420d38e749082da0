package org.tocsin.web.desk;

import java.util.List;

/**
 * Whom a post or a campaign has brought.
 *
 * @param said  how many; empty where nothing is to be shown
 * @param links by which they come
 * @param make  where one is asked for; empty where it is not offered
 */
public record Bringing(String said, List<LinkRow> links, String make) {
    static final Bringing NONE = new Bringing("", List.of(), "");

    public Bringing {
        links = List.copyOf(links);
    }
}
