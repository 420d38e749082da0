package org.tocsin.web.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.CardPictures;
import org.tocsin.network.LinkCard;
import org.tocsin.people.Scope;
import org.tocsin.web.Response;

/**
 * The pictures of link cards in a preview: read and cleaned by the code that publishes them, served from here, so that no browser of the team
 * asks a stranger's server. Only what a preview has read is asked for: an address in a request makes none of ours.
 */
final class CardPages {
    private static final String PATH = "/desk/write/card";
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 100;

    /** What no browser complains of, and shows nothing: a page without a picture that can be had is nobody's fault here. */
    private static final String NOTHING = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

    /** Those of the pictures of cards on Bluesky; the other networks read the page themselves. */
    private static final ImageLimits LIMITS =
            new ImageLimits(EnumSet.allOf(MediaType.class), 1_000_000, 2000L * 2000, 2000, 4000);

    private final Function<URI, Optional<LinkCard>> read;
    private final CardPictures pictures;
    private final Cache<String, Optional<FittedImage>> kept =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    CardPages(DeskParts parts) {
        this.read = parts.cards().read();
        this.pictures = parts.cards().pictures();
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/write/card", Scope.POST, this::show));
    }

    /** @return where the picture of a card is; empty where it has none */
    static String picture(LinkCard card) {
        return card.imageUrl() == null ? "" : PATH + "?link=" + URLEncoder.encode(card.url(), StandardCharsets.UTF_8);
    }

    private Response show(Visit visit) {
        Optional<FittedImage> found =
                visit.query("link").flatMap(CardPages::address).flatMap(read).flatMap(this::fitted);
        Response picture = found.map(one -> Response.file(one.type().mimeType(), one.file()))
                .orElseGet(() -> Response.text(200, "image/svg+xml", NOTHING));
        return picture.with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("Cache-Control", "private, max-age=300");
    }

    private static Optional<URI> address(String link) {
        try {
            return Optional.of(URI.create(link));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<FittedImage> fitted(LinkCard card) {
        String address = String.valueOf(card.imageUrl());
        Optional<FittedImage> known = kept.getIfPresent(address);
        if (known != null) {
            return known;
        }
        Optional<FittedImage> made = pictures.of(card, LIMITS);
        kept.put(address, made);
        return made;
    }
}
