package org.tocsin.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** The folder in which everything durable lives. One daemon at a time holds it. */
final class DataFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws FaultException CONFLICT when another daemon holds it, STORAGE when it cannot be written */
    static DataFolder open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new FaultException(
                        Kind.INVALID, Fault.at("/tocsin.data", Message.of("app.data.open", "path", path)));
            }
            FileChannel channel =
                    FileChannel.open(path.resolve("tocsin.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new FaultException(
                        Kind.CONFLICT, Fault.at("/tocsin.data", Message.of("app.data.locked", "path", path)));
            }
            return new DataFolder(path, channel, lock);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static FaultException unwritable(Path path, IOException e) {
        FaultException fault = new FaultException(
                Kind.STORAGE,
                Fault.at("/tocsin.data", Message.of("app.data.unwritable", "path", path, "why", reason(e))));
        fault.initCause(e);
        return fault;
    }

    private static String reason(IOException e) {
        boolean bare = e instanceof FileSystemException system && system.getReason() == null;
        return bare ? e.getClass().getSimpleName() + " " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * A database that has run before is never made anew: what it promised would be forgotten, and what went out sent again.
     *
     * @throws FaultException INVALID when the epoch is there and the database is not, or is empty
     */
    void requireDatabase() {
        Path database = file("tocsin.db");
        try {
            if (hasRun() && (!Files.exists(database) || Files.size(database) == 0)) {
                throw new FaultException(
                        Kind.INVALID, Fault.at("/tocsin.data", Message.of("app.database.missing", "path", database)));
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** @return whether a daemon has started here before */
    boolean hasRun() {
        return Files.exists(file("epoch"));
    }

    /** @return the text of a small file, without its end of line; empty where there is none */
    Optional<String> read(String name) {
        try {
            return Files.exists(file(name))
                    ? Optional.of(Files.readString(file(name)).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * @param given the key from the settings, 32 bytes in Base64
     * @return the key; made at the first start, never when there is a database already
     */
    byte[] key(Optional<String> given) {
        Path file = file("secret.key");
        try {
            if (given.isPresent()) {
                return decode(given.get(), "tocsin.key");
            }
            if (Files.exists(file)) {
                if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                    throw fault("app.key.mode", "path", file);
                }
                return decode(Files.readString(file), file.toString());
            }
            if (Files.exists(file("tocsin.db"))) {
                throw fault("app.key.missing", "path", file);
            }
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            writeSecret("secret.key", Base64.getEncoder().encodeToString(key));
            return key;
        } catch (IOException e) {
            throw fault("app.key.unreadable", "path", file, "why", e.getMessage());
        }
    }

    private static byte[] decode(String text, String where) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == 32) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw fault("app.key.form", "where", where);
        }
        throw fault("app.key.form", "where", where);
    }

    private static FaultException fault(String code, Object... pairs) {
        return new FaultException(Kind.INVALID, Fault.at("/tocsin.key", Message.of(code, pairs)));
    }

    /**
     * Writes a file that only its owner may read; replaced as a whole.
     *
     * @throws FaultException STORAGE when the folder cannot be written
     */
    void writeSecret(String name, String text) {
        try {
            replace(name, text);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private void replace(String name, String text) throws IOException {
        Path target = file(name);
        Path temporary = file(name + ".part");
        Files.deleteIfExists(temporary);
        try {
            Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process writes " + name, e);
        }
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
