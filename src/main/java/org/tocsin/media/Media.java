package org.tocsin.media;

import java.time.Instant;
import org.tocsin.base.BranchId;

/**
 * An uploaded image, cleaned: no EXIF, GPS, XMP or thumbnail, upright, and stored under its hash before the upload was answered.
 *
 * @param id        the id by which a post refers to it
 * @param branch    the owner
 * @param type      by content
 * @param label     the file's name as it was given, cleaned of control and path characters; only for people
 * @param width     in pixels, upright
 * @param height    in pixels, upright
 * @param bytes     the size of the stored file
 * @param sha256    of the stored file, 64 hexadecimal digits; also its name in the store
 * @param animated  more than one frame
 * @param createdAt when it was stored
 */
public record Media(
        String id,
        BranchId branch,
        MediaType type,
        String label,
        int width,
        int height,
        long bytes,
        String sha256,
        boolean animated,
        Instant createdAt) {}
