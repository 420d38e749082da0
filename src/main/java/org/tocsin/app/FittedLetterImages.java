package org.tocsin.app;

import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.letter.Letter;
import org.tocsin.media.FittedImage;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.Media;
import org.tocsin.media.MediaStore;
import org.tocsin.media.MediaType;
import org.tocsin.newsletter.LetterImages;

/**
 * Images of the media library as letters carry them: JPEG, PNG or GIF, which every mail program shows, as wide as a letter on a fine screen, and
 * without metadata, which was taken off at the upload.
 */
record FittedLetterImages(Stores stores, MediaStore files) implements LetterImages {
    /** A letter is 600 pixels wide; twice that for screens of two dots a pixel. */
    private static final int SIDE = 1_200;

    private static final ImageLimits LIMITS = new ImageLimits(
            Set.of(MediaType.JPEG, MediaType.PNG, MediaType.GIF), 500_000, (long) SIDE * SIDE, SIDE, 2 * SIDE);

    @Override
    public Optional<Letter.Picture> find(String id) {
        // A name of ours, before anything is asked for it.
        if (!id.matches("[0-9a-f-]{36}")) {
            return Optional.empty();
        }
        Optional<Media> media = stores.store().read(tx -> stores.media().find(tx, BranchId.MAIN, id));
        return media.map(found -> {
            FittedImage fitted = files.fit(found, LIMITS);
            return new Letter.Picture(found.id(), fitted.type().mimeType(), fitted.file(), fitted.bytes());
        });
    }
}
