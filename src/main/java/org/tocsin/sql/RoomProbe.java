package org.tocsin.sql;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a disk on which this user may take no more room (a quota, a limit on the size of files) from one that is failing: SQLite calls both
 * an I/O error on writing, and of ENOSPC alone it says that the disk is full (os_unix.c, unixWrite); Java tells them apart by words of the
 * system's language. What the disk does with a file of ours is the same in every language.
 *
 * <p>On a file system that copies on write, writing over takes room as well, and the answer is the careful one.
 */
final class RoomProbe implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomProbe.class);
    private static final int PAGE = 4096;

    /** More than the log needs for one small commit, so that "it grows" promises that the next one can. */
    private static final int GROWTH = 16 * PAGE;

    private static final long NO_ROOM = 1 << 20;

    /** An outcome that waits to be stored is tried five times a second; the disk is not written and synced each time. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path folder;
    private @Nullable RandomAccessFile file;
    private @Nullable Verdict last;
    private long lastAt;

    /** What became of a write and a sync. */
    enum Verdict {
        /** A file can grow: there was no room, and now there is. */
        GROWS,
        /** There is no room on the disk. */
        FULL,
        /** What has its place can be written, nothing can be added: a quota or a limit of the process. */
        REFUSED,
        /** Not even what has its place can be written, or a sync failed. */
        FAILS
    }

    /** @param folder of the database */
    RoomProbe(Path folder) {
        this.folder = folder;
    }

    /** Takes a place on the disk that can be written over later, when nothing can be added any more. A disk without room is no fault here. */
    synchronized void prepare() {
        try {
            opened();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("whether a quota is used up cannot be told apart from a failing disk");
        }
    }

    /** Tries, with syncs: some milliseconds where the disk is well. What it said stands for a few seconds. */
    synchronized Verdict ask() {
        Verdict verdict = last;
        if (verdict == null || System.nanoTime() - lastAt > KEPT_NANOS) {
            verdict = tried();
            last = verdict;
            lastAt = System.nanoTime();
            log.warn("the store could not write; what the disk does: {}", verdict);
        }
        return verdict;
    }

    private Verdict tried() {
        RandomAccessFile probe;
        try {
            probe = opened();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("nothing can be tried on the disk");
            return full() ? Verdict.FULL : Verdict.FAILS;
        }
        boolean grown = written(probe, PAGE, GROWTH);
        try {
            if (grown) {
                probe.getFD().sync();
            }
            probe.setLength(PAGE);
            if (grown) {
                return Verdict.GROWS;
            }
            if (full()) {
                return Verdict.FULL;
            }
            if (!written(probe, 0, PAGE)) {
                return Verdict.FAILS;
            }
            probe.getFD().sync();
            return Verdict.REFUSED;
        } catch (IOException e) {
            // Linux tells of a failed sync once: the next one would succeed and prove nothing.
            log.atWarn().setCause(e).log("the disk does not sync");
            return Verdict.FAILS;
        }
    }

    // Not a FileChannel: one of those is closed for good when the thread that asks is interrupted.
    private RandomAccessFile opened() throws IOException {
        RandomAccessFile open = file;
        if (open == null) {
            open = new RandomAccessFile(folder.resolve("probe").toFile(), "rw");
            file = open;
        }
        if (open.length() < PAGE) {
            open.seek(0);
            open.write(noise(PAGE));
            open.getFD().sync();
        }
        return open;
    }

    private static boolean written(RandomAccessFile probe, long from, int bytes) {
        try {
            probe.seek(from);
            probe.write(noise(bytes));
            return true;
        } catch (IOException e) {
            log.atInfo().setCause(e).log("{} bytes at {} could not be written", bytes, from);
            return false;
        }
    }

    // Some file systems give zeros no room.
    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new SecureRandom().nextBytes(noise);
        return noise;
    }

    private boolean full() {
        return folder.toFile().getUsableSpace() < NO_ROOM;
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the probe's file did not close");
        }
    }
}
