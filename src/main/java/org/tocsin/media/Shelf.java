package org.tocsin.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder in which files lie under their hash. A file is either wholly there and on the disk, or not at all. */
final class Shelf {
    private static final String TEMPORARY = ".tmp";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /** @return an empty file beside the others, readable by this user only; the caller deletes it if it is not put */
    Path temporary() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "take-", TEMPORARY);
    }

    /** Removes what a killed process left half written. */
    void sweep() throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "take-*" + TEMPORARY)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** @return where the file of that hash lies or would lie; {@code name} begins with the hash */
    Path at(String name) {
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    /** Moves a temporary file to its place, synced; one that is there already is replaced by its equal. */
    Path put(Path temporary, String name) throws IOException {
        Path target = at(name);
        Path shelf = folder.resolve(name.substring(0, 2));
        if (!Files.isDirectory(shelf)) {
            Files.createDirectories(shelf);
            sync(folder);
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        sync(shelf);
        return target;
    }

    /** Removes every file whose name begins with the hash. */
    void remove(String sha256) throws IOException {
        Path shelf = folder.resolve(sha256.substring(0, 2));
        if (!Files.isDirectory(shelf)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf, sha256 + "*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** @return the hashes of the files that were put here before that time */
    Set<String> hashesBefore(Instant before) throws IOException {
        Set<String> hashes = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return hashes;
        }
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path shelf : shelves) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
                    for (Path file : files) {
                        Matcher name = NAME.matcher(file.getFileName().toString());
                        if (name.lookingAt()
                                && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                            hashes.add(name.group());
                        }
                    }
                }
            }
        }
        return hashes;
    }

    /** @return the SHA-256 (FIPS 180-4) of a file, 64 hexadecimal digits */
    static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
