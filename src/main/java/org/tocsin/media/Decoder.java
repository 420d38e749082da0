package org.tocsin.media;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ticker;

/**
 * Turns a cleaned file into rows. JPEG, PNG and GIF are read in strips of some 48 MB: decoding again from the start for each strip costs
 * time (twice for 48 megapixels), holding the whole would cost 144 MB. WebP has no rows: every n-th pixel is taken instead.
 */
final class Decoder {
    private static final long STRIP_BYTES = 48L << 20;
    /** A raster for proving that a file decodes is not looked at, and small. */
    private static final long PROOF_PIXELS = 500_000;

    private static final long WEBP_PIXELS = 16_000_000;

    private final Ticker ticker;
    private final Duration limit;

    /**
     * @param limit of the time for one pass over a file; an image that takes longer is refused
     */
    Decoder(Ticker ticker, Duration limit) {
        this.ticker = ticker;
        this.limit = limit;
    }

    /** Decodes everything and keeps next to nothing. */
    void prove(Path file, Outline outline) {
        int step = step(outline, PROOF_PIXELS);
        read(file, outline, null, step);
    }

    /**
     * @param file    cleaned
     * @param outline of that file
     * @return its first frame, upright and exactly or nearly as large as asked
     */
    Canvas canvas(Path file, Outline outline, int uprightWidth, int uprightHeight) {
        boolean swaps = outline.orientation().swaps();
        int width = swaps ? uprightHeight : uprightWidth;
        int height = swaps ? uprightWidth : uprightHeight;
        if (outline.type() == MediaType.WEBP || outline.type() == MediaType.GIF) {
            return whole(file, outline, width, height);
        }
        Canvas canvas = new Canvas(width, height, outline.orientation(), outline.alpha());
        strips(file, outline, Resampler.between(outline.width(), outline.height(), width, height, canvas));
        return canvas;
    }

    private void strips(Path file, Outline outline, RowSink sink) {
        int rows = (int) Math.max(1, STRIP_BYTES / outline.bytesPerPixel() / outline.width());
        for (int y = 0; y < outline.height(); y += rows) {
            Rectangle strip = new Rectangle(0, y, outline.width(), Math.min(rows, outline.height() - y));
            feed(read(file, outline, strip, 1), y, sink);
        }
    }

    /** A WebP that was subsampled, and a GIF whose first frame does not fill its screen, are smaller than was asked. */
    private Canvas whole(Path file, Outline outline, int mostWidth, int mostHeight) {
        int step = outline.type() == MediaType.GIF ? 1 : step(outline, WEBP_PIXELS);
        BufferedImage image = read(file, outline, null, step);
        int width = Math.min(mostWidth, image.getWidth());
        int height = Math.min(mostHeight, image.getHeight());
        Canvas canvas = new Canvas(width, height, outline.orientation(), outline.alpha());
        feed(image, 0, Resampler.between(image.getWidth(), image.getHeight(), width, height, canvas));
        return canvas;
    }

    private static int step(Outline outline, long pixels) {
        double ratio = (double) outline.width() * outline.height() / pixels;
        return ratio <= 1 ? 1 : (int) Math.ceil(Math.sqrt(ratio));
    }

    private BufferedImage read(Path file, Outline outline, @Nullable Rectangle region, int step) {
        Deadline deadline = new Deadline(ticker, limit);
        ImageReader reader = reader(outline.type());
        try (TimedInput input = new TimedInput(file, deadline)) {
            reader.setInput(input, true, true);
            reader.addIIOReadProgressListener(deadline);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(region);
            param.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, param);
            if (deadline.passed()) {
                throw Refusal.slow(limit.toSeconds());
            }
            return image;
        } catch (FaultException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged input with exceptions of every kind, not only with IOException.
            FaultException fault = deadline.passed() ? Refusal.slow(limit.toSeconds()) : Refusal.damaged();
            fault.initCause(e);
            throw fault;
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(MediaType type) {
        if (type == MediaType.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        return ImageIO.getImageReadersByFormatName(type.extension()).next();
    }

    private static void feed(BufferedImage image, int firstRow, RowSink sink) {
        int width = image.getWidth();
        int[] argb = new int[width];
        int[] samples = new int[width * 4];
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        for (int y = 0; y < image.getHeight(); y++) {
            if (palette) {
                image.getRGB(0, y, width, 1, argb, 0, width);
            } else {
                raw(image.getRaster(), y, argb, samples);
            }
            sink.row(firstRow + y, argb);
        }
    }

    /** Samples as they are: the colour profile travels with the file, so that converting here would apply it twice. */
    private static void raw(Raster raster, int y, int[] argb, int[] samples) {
        int bands = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int colours = bands < 3 ? 0 : 1;
        boolean alpha = bands == 2 || bands == 4;
        raster.getPixels(0, y, argb.length, 1, samples);
        for (int x = 0; x < argb.length; x++) {
            int at = x * bands;
            int opacity = alpha ? samples[at + bands - 1] >> shift : 255;
            argb[x] = opacity << 24
                    | samples[at] >> shift << 16
                    | samples[at + colours] >> shift << 8
                    | samples[at + 2 * colours] >> shift;
        }
    }
}
