package org.tocsin.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ticker;

/**
 * Images in a folder: originals under {@code ab/ab….jpg}, what was made for networks under {@code fitted/ab/ab…-….jpg}. One image is
 * decoded at a time; who waits longer than a minute for that is told to try again. There should be one store in a process.
 */
public final class FileMediaStore implements MediaStore {
    /** Turning an image needs all of it in memory; a larger one is made smaller while it is turned: 72 to 96 MB. */
    static final long MAX_TURNED_PIXELS = 24_000_000;

    private static final float TURNED_QUALITY = 0.92f;
    private static final Duration DECODING = Duration.ofSeconds(10);
    private static final Duration WAITING = Duration.ofMinutes(1);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Shelf originals;
    private final Shelf made;
    private final Decoder decoder;
    private final Fitter fitter;
    private final Semaphore decoding;

    /** @param folder of the images; made when it is first needed */
    public FileMediaStore(Path folder) {
        this(folder, Ticker.system(), DECODING);
    }

    FileMediaStore(Path folder, Ticker ticker, Duration limit) {
        this.folder = folder;
        this.originals = new Shelf(folder);
        this.made = new Shelf(folder.resolve("fitted"));
        this.decoder = new Decoder(ticker, limit);
        this.fitter = new Fitter(decoder);
        this.decoding = new Semaphore(1, true);
    }

    /**
     * Removes what a killed process left half written. To be called at the start, before anything is taken.
     *
     * @throws FaultException STORAGE when the folder cannot be used
     */
    public void sweep() {
        try {
            originals.sweep();
            made.sweep();
        } catch (IOException e) {
            throw Refusal.disk(folder, e);
        }
    }

    /** {@inheritDoc} An image that must be turned is encoded again (JPEG at 0.92) and has at most 24 megapixels after. */
    @Override
    public Taken take(InputStream source) {
        return withTemporary(originals, received -> {
            MediaType type = receive(source, received);
            return withTemporary(originals, clean -> {
                Outline outline;
                try (OutputStream out = Files.newOutputStream(clean)) {
                    outline = Container.clean(type, received, out);
                }
                return decodingAlone(() -> outline.turned() ? turned(clean, outline) : upright(clean, outline));
            });
        });
    }

    @Override
    public FittedImage fit(Media media, ImageLimits limits) {
        if (limits.takes(media)) {
            return new FittedImage(
                    file(media), media.type(), media.width(), media.height(), media.bytes(), media.sha256());
        }
        if (media.animated()) {
            throw Refusal.of("media.animation", "limit", limits.maxBytes());
        }
        return withTemporary(
                made,
                target -> decodingAlone(() -> {
                    String name = media.sha256() + "-" + fingerprint(limits) + ".";
                    for (MediaType type : List.of(MediaType.JPEG, MediaType.PNG)) {
                        Path ready = made.at(name + type.extension());
                        if (Files.exists(ready)) {
                            return fitted(ready, type);
                        }
                    }
                    Path original = file(media);
                    MediaType type = fitter.make(original, Container.outline(media.type(), original), limits, target);
                    return fitted(made.put(target, name + type.extension()), type);
                }));
    }

    @Override
    public Path file(Media media) {
        return originals.at(hash(media.sha256()) + "." + media.type().extension());
    }

    /**
     * Removes an image and all that was made of it. Equal images share a file: only for a hash to which nothing refers any more.
     *
     * @param sha256 of the stored file
     * @throws FaultException STORAGE when the disk does not allow it
     */
    public void remove(String sha256) {
        try {
            originals.remove(hash(sha256));
            made.remove(sha256);
        } catch (IOException e) {
            throw Refusal.disk(folder, e);
        }
    }

    /**
     * @param before only what was stored earlier: a row may be on its way for what is younger
     * @return the hashes of the files that are there
     * @throws FaultException STORAGE when the disk does not allow it
     */
    public Set<String> stored(Instant before) {
        try {
            return originals.hashesBefore(before);
        } catch (IOException e) {
            throw Refusal.disk(folder, e);
        }
    }

    private static MediaType receive(InputStream source, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] head = read(source, Signature.LENGTH);
            MediaType type = Signature.read(head);
            long total = 0;
            byte[] part = head;
            while (part.length > 0) {
                total += part.length;
                if (total > Refusal.MAX_BYTES) {
                    throw Refusal.tooLarge();
                }
                out.write(part);
                part = read(source, 1 << 16);
            }
            return type;
        }
    }

    private static byte[] read(InputStream source, int most) {
        try {
            return source.readNBytes(most);
        } catch (IOException e) {
            throw Refusal.uploadBroke(e);
        }
    }

    private Taken upright(Path clean, Outline outline) throws IOException {
        decoder.prove(clean, outline);
        return store(clean, outline);
    }

    private Taken turned(Path clean, Outline outline) throws IOException {
        double pixels = (double) outline.width() * outline.height();
        double factor = Math.min(1, Math.sqrt(MAX_TURNED_PIXELS / pixels));
        Canvas canvas = decoder.canvas(
                clean,
                outline,
                Fitter.scaled(outline.uprightWidth(), factor),
                Fitter.scaled(outline.uprightHeight(), factor));
        IccProfile profile = outline.type() == MediaType.JPEG ? IccProfile.of(clean) : IccProfile.NONE;
        boolean png = outline.type() == MediaType.PNG || canvas.alpha();
        if (png) {
            Encoder.png(canvas.image(), clean);
        } else {
            Encoder.jpeg(canvas.image(), TURNED_QUALITY, profile, clean);
        }
        MediaType type = png ? MediaType.PNG : MediaType.JPEG;
        return store(clean, Container.outline(type, clean));
    }

    private Taken store(Path clean, Outline outline) throws IOException {
        String sha256 = Shelf.hash(clean);
        long bytes = Files.size(clean);
        originals.put(clean, sha256 + "." + outline.type().extension());
        return new Taken(outline.type(), outline.width(), outline.height(), bytes, sha256, outline.animated());
    }

    private static FittedImage fitted(Path file, MediaType type) throws IOException {
        Outline outline = Container.outline(type, file);
        return new FittedImage(file, type, outline.width(), outline.height(), Files.size(file), Shelf.hash(file));
    }

    private static String fingerprint(ImageLimits limits) {
        String text = new TreeSet<>(limits.types()) + " " + limits.maxBytes() + " " + limits.maxPixels() + " "
                + limits.maxSide() + " " + limits.maxSideSum();
        byte[] digest = Shelf.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
    }

    private static String hash(String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        return sha256;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private interface FileWork<T> {
        T run(Path temporary) throws IOException;
    }

    private <T> T decodingAlone(Work<T> work) throws IOException {
        boolean mine = false;
        try {
            mine = decoding.tryAcquire(WAITING.toSeconds(), TimeUnit.SECONDS);
            if (!mine) {
                throw Refusal.busy();
            }
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.busy();
        } finally {
            if (mine) {
                decoding.release();
            }
        }
    }

    /** Whatever happens, the temporary file is gone afterwards; what the disk does not do is told as such. */
    private <T> T withTemporary(Shelf shelf, FileWork<T> work) {
        try {
            Path temporary = shelf.temporary();
            try {
                return work.run(temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            throw Refusal.gone(e);
        } catch (IOException e) {
            throw shelf == made ? Refusal.fitting(folder, e) : Refusal.disk(folder, e);
        }
    }
}
