package org.tocsin.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;

/**
 * Room on the disk that is kept back in a file. Where the disk is nearly full, nothing new is taken; where it is full, the file goes, so
 * that what is under way can still be written down. It is made again, and new posts are taken again, when there is room.
 */
final class DiskReserve implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskReserve.class);
    private static final int BLOCK = 1 << 20;
    private static final int LOOK_SECONDS = 5;
    /** To fill a quota to the brim every few seconds would take its last room from whoever shares it. */
    private static final int LOOKS_BETWEEN_TRIES = 5;

    private final Path file;
    private final long bytes;
    private final ScheduledExecutorService looks;
    private volatile long held;
    private volatile boolean told;
    private volatile boolean refused;
    private int rest;

    /**
     * @param folder of the database
     * @param bytes  how much is kept back; 0: nothing is, and nothing is refused before the disk is full
     */
    DiskReserve(Path folder, long bytes) {
        this.file = folder.resolve("reserve");
        this.bytes = bytes;
        this.looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("disk-reserve").daemon(true).factory());
    }

    /** Begins to look, now and every few seconds, on a thread of its own. */
    DiskReserve start() {
        held = size();
        var _ = looks.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** @return whether there is too little room for anything new */
    boolean low() {
        return bytes > 0 && (refused || file.getParent().toFile().getUsableSpace() + held - bytes < bytes / 2);
    }

    /** @throws FaultException STORAGE when there is too little room for anything new */
    void requireRoom() {
        if (low()) {
            throw new FaultException(Kind.STORAGE, Fault.at("", Message.of("app.disk.low")));
        }
    }

    /**
     * @return the same, but that what people ask for is refused while there is too little room, and that what must not fail (a
     *     freeze) is written into the room that the first failure has freed
     */
    UnitOfWork guarding(UnitOfWork unitOfWork) {
        return new UnitOfWork() {
            @Override
            public <R> R write(Urgency urgency, Function<Tx, R> work) {
                if (urgency == Urgency.REQUEST) {
                    requireRoom();
                    return unitOfWork.write(urgency, work);
                }
                boolean spare = held > 0;
                try {
                    return unitOfWork.write(urgency, work);
                } catch (FaultException e) {
                    // Nothing of it was kept, and the store has freed the reserve before it said so.
                    if (!spare || held > 0 || e.kind() != Kind.STORAGE) {
                        throw e;
                    }
                    return unitOfWork.write(urgency, work);
                }
            }

            @Override
            public <R> R read(Function<Tx, R> work) {
                return unitOfWork.read(work);
            }
        };
    }

    /** Gives the room back to the disk. */
    synchronized void release() {
        try {
            if (Files.deleteIfExists(file)) {
                log.warn("the disk is full: the reserve was freed, and nothing new is taken until there is room");
            }
        } catch (IOException e) {
            log.atError().setCause(e).log("the reserve cannot be freed");
        }
        held = size();
    }

    private synchronized void look() {
        try {
            if (refused && rest-- > 0) {
                return;
            }
            // The file system may show room that a quota does not give: only the making of the reserve tells.
            refused = false;
            boolean low = low();
            if (!low && held < bytes) {
                make();
            }
            if (low != told) {
                told = low;
                log.atWarn()
                        .log(low ? "the disk is nearly full: nothing new is taken" : "there is room on the disk again");
            }
        } catch (IOException | RuntimeException e) {
            log.atWarn().setCause(e).log("the reserve cannot be made: nothing new is taken");
            release();
            refused = true;
            told = true;
            rest = LOOKS_BETWEEN_TRIES;
        }
    }

    private void make() throws IOException {
        // Random bytes: some file systems give zeros no room.
        byte[] block = new byte[BLOCK];
        new SecureRandom().nextBytes(block);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long written = 0;
            held = written;
            while (written < bytes) {
                written += out.write(ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK, bytes - written)));
                held = written;
            }
            out.force(true);
        }
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the reserve cannot be looked at");
            return 0;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
