package org.tocsin.network;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a page says about itself, for networks on which the sender makes the preview of a link.
 *
 * @param url         the link as it is in the post
 * @param title       one line, 1 to 300 UTF-16 units
 * @param description one line, at most 1,000 UTF-16 units; empty where the page has none
 * @param imageUrl    absolute, http or https; null where the page names none
 */
public record LinkCard(
        URI url, String title, String description, @Nullable URI imageUrl) {}
