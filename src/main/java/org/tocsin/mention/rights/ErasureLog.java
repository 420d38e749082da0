package org.tocsin.mention.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.BranchId;

/**
 * What was erased and who objects, beside the database: a database that is put back from before does not know. Only added to, hashes only,
 * on the disk before anybody is answered.
 */
public final class ErasureLog {
    private static final Pattern LINE =
            Pattern.compile("(ERASE|OBJECT|AGREE) ([0-9a-f-]{1,40}) (\\S{1,100}) ([0-9a-f]{64}) (\\S{1,40})");

    private final Path file;

    /** @param file its folder is there; it need not be */
    public ErasureLog(Path file) {
        this.file = file;
    }

    /** What a line says. */
    public enum What {
        /** An author was erased. */
        ERASE,
        /** An author was put on the list of those who object. */
        OBJECT,
        /** He was taken off it. */
        AGREE
    }

    /**
     * One line.
     *
     * @param id of the erasure; of an entry of the list, any
     */
    public record Line(What what, String id, BranchId branch, String authorKey, Instant at) {
        String text() {
            return what + " " + id + " " + branch.value() + " " + authorKey + " " + at;
        }
    }

    /** @return all lines in order; one that was cut off by a crash was never answered for, and is passed over */
    public synchronized List<Line> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Line> lines = new ArrayList<>();
            for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Matcher line = LINE.matcher(text);
                if (line.matches()) {
                    lines.add(new Line(
                            What.valueOf(line.group(1)),
                            line.group(2),
                            new BranchId(line.group(3)),
                            line.group(4),
                            Instant.parse(line.group(5))));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line; it is on the disk when this returns. */
    public synchronized void add(Line line) {
        try {
            boolean fresh = create();
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                // Each on a line of its own, also after one that was cut off.
                long end = out.size();
                ByteBuffer last = ByteBuffer.allocate(1);
                boolean cut = end > 0 && out.read(last, end - 1) == 1 && last.get(0) != '\n';
                ByteBuffer bytes =
                        ByteBuffer.wrap(((cut ? "\n" : "") + line.text() + "\n").getBytes(StandardCharsets.UTF_8));
                out.position(end);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            if (fresh) {
                try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                    folder.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean create() throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        }
    }
}
