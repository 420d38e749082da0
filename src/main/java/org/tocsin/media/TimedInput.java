package org.tocsin.media;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.stream.FileImageInputStream;

/** A file that stops being readable when the time is over, so that a decoder that only consumes input ends as well. */
final class TimedInput extends FileImageInputStream {
    private final Deadline deadline;

    TimedInput(Path file, Deadline deadline) throws IOException {
        super(file.toFile());
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        deadline.check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        deadline.check();
        return super.read(bytes, from, length);
    }
}
