package org.tocsin.media;

import java.util.Optional;

/** The kinds of image that are taken. What a file is, its content says, never its name. */
public enum MediaType {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    GIF("image/gif", "gif");

    private final String mimeType;
    private final String extension;

    MediaType(String mimeType, String extension) {
        this.mimeType = mimeType;
        this.extension = extension;
    }

    /** @return the media type as in a Content-Type header */
    public String mimeType() {
        return mimeType;
    }

    /** @return the usual ending of a file's name, without the dot */
    public String extension() {
        return extension;
    }

    /** @return the type of that name, empty when it is none of these */
    public static Optional<MediaType> of(String mimeType) {
        for (MediaType type : values()) {
            if (type.mimeType.equals(mimeType)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
