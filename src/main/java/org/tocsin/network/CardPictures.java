package org.tocsin.network;

import java.util.Optional;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;

/** Where the picture of a link card comes from. */
@FunctionalInterface
public interface CardPictures {
    /** Cards without pictures: for rehearsals, from which nothing is read. */
    CardPictures NONE = (card, limits) -> Optional.empty();

    /**
     * @param card   of a page
     * @param limits of the network for the pictures of cards
     * @return the page's picture within the limits; empty when it has none that can be had and shown. Never an exception: a post does not
     *     fail for want of a picture
     */
    Optional<FittedImage> of(LinkCard card, ImageLimits limits);
}
