package org.tocsin.subscriber;

import java.util.List;

/**
 * Whom a post or a campaign has brought.
 *
 * @param confirmed how many have confirmed, whatever became of them since; also those who were erased, who are a number and nothing else
 * @param links     by which they came, the newest first
 */
public record Brought(long confirmed, List<SignUpLink> links) {
    public Brought {
        links = List.copyOf(links);
    }
}
