package org.tocsin.media;

import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import org.tocsin.base.Ticker;

/** The end of the time that one pass over an image may take. A reader may only be stopped from its own thread: it is, between two rows. */
final class Deadline implements IIOReadProgressListener {
    private final Ticker ticker;
    private final Duration limit;
    private final long start;

    Deadline(Ticker ticker, Duration limit) {
        this.ticker = ticker;
        this.limit = limit;
        this.start = ticker.nanos();
    }

    boolean passed() {
        return ticker.nanos() - start > limit.toNanos();
    }

    void check() throws IOException {
        if (passed()) {
            throw new IOException("decoding took longer than " + limit);
        }
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        if (passed()) {
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
