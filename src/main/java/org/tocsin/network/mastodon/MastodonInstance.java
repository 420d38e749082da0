package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tocsin.media.MediaType;
import org.tocsin.network.Json;

/**
 * What a server says of itself (docs.joinmastodon.org/entities/Instance, V1_Instance).
 *
 * @param kind         the software, as far as it matters here
 * @param maxText      characters of a status
 * @param urlLength    what every link counts
 * @param maxImages    of a status
 * @param maxImageSize bytes
 * @param maxPixels    width × height
 * @param maxAlt       characters of an alt text
 * @param imageTypes   taken as they are
 * @param source       where the figures come from
 */
record MastodonInstance(
        Kind kind,
        int maxText,
        int urlLength,
        int maxImages,
        long maxImageSize,
        long maxPixels,
        int maxAlt,
        Set<MediaType> imageTypes,
        String source) {
    /** The softwares that differ. */
    enum Kind {
        /** Mastodon itself and its near forks, which keep idempotency keys for an hour. */
        MASTODON,
        /** Counts code points, and links in full. */
        GOTOSOCIAL,
        /** Some of these ignore idempotency keys. */
        OTHER
    }

    /** Mastodon's defaults, read in November 2026: used while a server has not been asked. */
    static final MastodonInstance DEFAULTS = new MastodonInstance(
            Kind.OTHER,
            500,
            23,
            4,
            16L << 20,
            33_177_600,
            1500,
            EnumSet.allOf(MediaType.class),
            "Mastodon's defaults; the server could not be asked");

    /** Mastodon: a number of three parts and at most a build after it. Others write what they are in brackets: "2.7.2 (compatible; Pleroma 2.6)". */
    private static final Pattern PLAIN = Pattern.compile("[1-9][0-9]*\\.[0-9]+\\.[0-9]+[^()\\s]*");

    MastodonInstance {
        imageTypes = Set.copyOf(imageTypes);
    }

    /** @return what the answer of {@code /api/v2/instance} or {@code /api/v1/instance} says; empty where it is neither */
    static Optional<MastodonInstance> read(JsonNode answer, String source) {
        return Json.text(answer, "version").map(version -> {
            JsonNode statuses = answer.path("configuration").path("statuses");
            JsonNode media = answer.path("configuration").path("media_attachments");
            int oldLimit = positive(answer.path("max_toot_chars"), DEFAULTS.maxText);
            return new MastodonInstance(
                    kind(version, Json.text(answer, "source_url").orElse("")),
                    positive(statuses.path("max_characters"), oldLimit),
                    positive(statuses.path("characters_reserved_per_url"), DEFAULTS.urlLength),
                    positive(statuses.path("max_media_attachments"), DEFAULTS.maxImages),
                    positive(media.path("image_size_limit"), (int) DEFAULTS.maxImageSize),
                    positive(media.path("image_matrix_limit"), (int) DEFAULTS.maxPixels),
                    positive(media.path("description_limit"), DEFAULTS.maxAlt),
                    types(media.path("supported_mime_types")),
                    source);
        });
    }

    private static Kind kind(String version, String sourceUrl) {
        String all = (version + " " + sourceUrl).toLowerCase(Locale.ROOT);
        if (all.contains("gotosocial") || version.startsWith("0.")) {
            return Kind.GOTOSOCIAL;
        }
        return PLAIN.matcher(version).matches() ? Kind.MASTODON : Kind.OTHER;
    }

    private static Set<MediaType> types(JsonNode names) {
        Set<MediaType> types = EnumSet.noneOf(MediaType.class);
        names.forEach(name -> MediaType.of(name.asText()).ifPresent(types::add));
        return types.isEmpty() ? DEFAULTS.imageTypes : types;
    }

    private static int positive(JsonNode value, int otherwise) {
        return value.canConvertToInt() && value.asInt() > 0 ? value.asInt() : otherwise;
    }
}
