package org.tocsin.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines beside the database, each signed (Ed25519) with the daemon's key. It is only added to. */
final class CheckpointFile {
    private final Path file;
    private final Supplier<KeyPair> key;

    /**
     * @param file its folder is there; it need not be
     * @param key  asked for when it is needed
     */
    CheckpointFile(Path file, Supplier<KeyPair> key) {
        this.file = file;
        this.key = key;
    }

    /** @return lines of that form, in order; one that a crash cut off is none */
    List<MatchResult> lines(Pattern form) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(form::matcher)
                    .filter(Matcher::matches)
                    .map(Matcher::toMatchResult)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line; it is on the disk when this returns. */
    void append(String words) {
        // It begins with a line end as well: after one that was cut off.
        String line = "\n" + words + "\n";
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a signature, base 64 */
    String sign(String words) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key.get().getPrivate());
            signer.update(words.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    PublicKey open() {
        return key.get().getPublic();
    }

    /** @return whether a signature is that of the key's owner over these words */
    static boolean genuine(PublicKey open, String words, String signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(open);
            verifier.update(words.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
