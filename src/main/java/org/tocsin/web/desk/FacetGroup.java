package org.tocsin.web.desk;

import java.util.List;

/**
 * Values of one sort that a search can be narrowed to.
 *
 * @param title in words
 */
public record FacetGroup(String title, List<FacetLink> links) {
    public FacetGroup {
        links = List.copyOf(links);
    }
}
