package org.tocsin.app;

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
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.subscriber.LeaveLog;

/** The list of those who left the newsletter, in a file of the data folder: only added to, each line on the disk before anybody is answered. */
final class LeaveFile implements LeaveLog {
    private static final Pattern LINE = Pattern.compile(
            "(LEFT|BOUNCED|COMPLAINED|ERASED|EXPIRED|IMPORTED|RESTRICTED|RELEASED|MOVED|BACK) (\\S{1,100}) ([0-9a-f]{64}) (\\S{1,40})");

    private final Path file;

    /** @param file its folder is there; it need not be */
    LeaveFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized List<Line> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // A line that a crash cut off was never answered for.
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(LeaveFile::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(MatchResult line) {
        return new Line(
                What.valueOf(line.group(1).toUpperCase(Locale.ROOT)),
                new BranchId(line.group(2)),
                line.group(3),
                Instant.parse(line.group(4)));
    }

    @Override
    public synchronized void add(List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.what())
                .append(' ')
                .append(line.branch().value())
                .append(' ')
                .append(line.key())
                .append(' ')
                .append(line.at())
                .append('\n'));
        try {
            boolean fresh = create();
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = out.size();
                ByteBuffer last = ByteBuffer.allocate(1);
                boolean cut = end > 0 && out.read(last, end - 1) == 1 && last.get(0) != '\n';
                ByteBuffer bytes = ByteBuffer.wrap(((cut ? "\n" : "") + text).getBytes(StandardCharsets.UTF_8));
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
            // What was asked for waits: an update of the bot comes again, and a person is told.
            FaultException fault = new FaultException(
                    FaultException.Kind.STORAGE, Fault.at("", Message.of("signup.left.file", "file", file)));
            fault.initCause(e);
            throw fault;
        }
    }

    /** @return in bytes, 0 where it is not there; it only grows */
    synchronized long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
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
