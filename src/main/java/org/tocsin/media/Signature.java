package org.tocsin.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Tells what a file is by its first bytes, and refuses every kind that is not taken with the way out of it. */
final class Signature {
    /** As many bytes as are looked at. */
    static final int LENGTH = 4096;

    private static final Set<String> HEIC_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1");
    private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");

    private Signature() {}

    /**
     * @param head the first bytes of a file, at most {@link #LENGTH}
     * @return what it is
     */
    static MediaType read(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.isEmpty()) {
            throw Refusal.of("media.empty");
        }
        if (text.startsWith("\u00FF\u00D8\u00FF")) {
            return MediaType.JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
            return MediaType.PNG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return MediaType.GIF;
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return MediaType.WEBP;
        }
        throw Refusal.of("media.type." + stranger(text));
    }

    private static String stranger(String text) {
        if (text.startsWith("ftyp", 4)) {
            return isoMedia(text);
        }
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return "tiff";
        }
        if (text.startsWith("BM")) {
            return "bmp";
        }
        if (text.startsWith("%PDF")) {
            return "pdf";
        }
        if (text.startsWith("\u00FF\n") || text.startsWith("JXL ", 4)) {
            return "jxl";
        }
        if (text.startsWith("\u001AE\u00DF\u00A3")
                || text.startsWith("FLV")
                || text.startsWith("OggS")
                || text.startsWith("\0\0\u0001\u00BA")
                || text.startsWith("moov", 4)
                || (text.startsWith("RIFF") && text.startsWith("AVI ", 8))) {
            return "video";
        }
        return markup(text);
    }

    /** ISO/IEC 14496-12, 4.3: size, "ftyp", major brand, version, compatible brands. */
    private static String isoMedia(String text) {
        int end = Math.min(text.length(), Math.max(12, text.charAt(2) << 8 | text.charAt(3)));
        boolean heic = false;
        for (int at = 8; at + 4 <= end; at += 4) {
            String brand = text.substring(at, at + 4);
            if (AVIF_BRANDS.contains(brand)) {
                return "avif";
            }
            heic |= HEIC_BRANDS.contains(brand);
        }
        return heic ? "heic" : "video";
    }

    private static String markup(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String start =
                lower.startsWith("\u00EF\u00BB\u00BF") ? lower.substring(3).strip() : lower.strip();
        if (!start.startsWith("<")) {
            return "unknown";
        }
        boolean html = start.startsWith("<!doctype html") || start.startsWith("<html");
        if (!html && start.contains("<svg")) {
            return "svg";
        }
        return html || start.contains("<html") ? "html" : "unknown";
    }
}
