package org.tocsin.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a disk on which this user may take no more room (a quota, a limit on the size of files) from one that is failing: SQLite calls both
 * an I/O error on writing, and of ENOSPC alone it says that the disk is full (os_unix.c, unixWrite). Where what is there can be written
 * over and synced, and only growing is refused, nothing is lost.
 *
 * <p>On a file system that copies on write, writing over takes room as well, and the answer is the careful one.
 */
final class RoomProbe {
    private static final Logger log = LoggerFactory.getLogger(RoomProbe.class);
    private static final int BLOCK = 4096;
    /** More than a write that has just failed can have left free. */
    private static final int GROWTH = 1 << 20;

    private final Path file;

    /** @param folder of the database */
    RoomProbe(Path folder) {
        this.file = folder.resolve("probe");
    }

    /** Takes the block that is written over later: then there may be no room for it. */
    void prepare() {
        try (FileChannel channel = open()) {
            write(channel, 0, BLOCK);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("whether a quota is used up cannot be told apart from a failing disk");
        }
    }

    /** @return whether only room is refused */
    boolean refused() {
        try (FileChannel channel = open()) {
            if (channel.size() < BLOCK) {
                return false;
            }
            write(channel, 0, BLOCK);
            return !grows(channel);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("what is on the disk cannot be written over");
            return false;
        }
    }

    private static boolean grows(FileChannel channel) throws IOException {
        try {
            write(channel, BLOCK, GROWTH);
            return true;
        } catch (IOException e) {
            log.atWarn().setCause(e).log("no more room is given");
            return false;
        } finally {
            channel.truncate(BLOCK);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void write(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(bytes);
        long at = from;
        while (block.hasRemaining()) {
            at += channel.write(block, at);
        }
        channel.force(true);
    }
}
