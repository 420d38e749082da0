package org.tocsin.web.desk;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.network.CardPictures;
import org.tocsin.network.LinkCard;

/**
 * The cards of links, as they are published.
 *
 * @param read     the card that was read for a link in the last minutes; asks nobody
 * @param pictures reads and cleans the picture of one
 */
public record Cards(Function<URI, Optional<LinkCard>> read, CardPictures pictures) {}
