package org.tocsin.network;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.Media;
import org.tocsin.media.MediaStore;

/**
 * Reads the pictures of link cards from the web, through the guarded client, and cleans them like an uploaded image: they come from
 * strangers. The file stays in the store until it is swept as one to which no post refers.
 */
public final class WebCardPictures implements CardPictures {
    private static final Logger log = LoggerFactory.getLogger(WebCardPictures.class);
    private static final int MOST_BYTES = 8_000_000;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final MediaStore files;
    private final Clock clock;

    /**
     * @param http  the guarded client
     * @param files cleans and fits
     * @param clock for the record of the file
     */
    public WebCardPictures(HttpClient http, MediaStore files, Clock clock) {
        this.http = http;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Optional<FittedImage> of(LinkCard card, ImageLimits limits) {
        if (card.imageUrl() == null) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.get(URI.create(card.imageUrl()))
                .with("Accept", "image/*")
                .within(DEADLINE);
        return http.read(request, MOST_BYTES) instanceof HttpResult.Answer answer && answer.ok()
                ? fitted(answer.bytes(), limits)
                : Optional.empty();
    }

    private Optional<FittedImage> fitted(byte[] bytes, ImageLimits limits) {
        try {
            MediaStore.Taken taken = files.take(new ByteArrayInputStream(bytes));
            Media picture = new Media(
                    taken.sha256(),
                    BranchId.MAIN,
                    taken.type(),
                    "",
                    taken.width(),
                    taken.height(),
                    taken.bytes(),
                    taken.sha256(),
                    taken.animated(),
                    clock.instant());
            return Optional.of(files.fit(picture, limits));
        } catch (FaultException e) {
            log.atDebug().setCause(e).log("the picture of a link card is left out");
            return Optional.empty();
        }
    }
}
