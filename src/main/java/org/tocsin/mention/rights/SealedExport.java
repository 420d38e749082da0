package org.tocsin.mention.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tocsin.people.Actor;

/**
 * What leaves as evidence: a ZIP whose files are named, each with its SHA-256, in a manifest that is signed (Ed25519, RFC 8032). It can be
 * verified with {@code sha256sum} and {@code openssl} alone. The signature says that this daemon gave it out so; not that what the source said
 * was true.
 */
public final class SealedExport {
    private static final String README = """
            Evidence exported by Tocsin
            ===========================

            item.json        the item as it was heard: words, author, source, times (UTC)
            item.txt         the same to be read
            history.json     when it was heard and put on hold, why, by whom, and who exported it
            public-key.pem   the key that verifies the signature
            manifest.sha256  the SHA-256 of each of these files
            manifest.sig     the Ed25519 signature (RFC 8032) of manifest.sha256

            To verify, in the folder where it was unpacked:

              sha256sum -c manifest.sha256
              openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.sha256 -sigfile manifest.sig

            Both must succeed. Then ask the organisation for the fingerprint of its key, by another way than this file, and compare it with

              openssl pkey -pubin -in public-key.pem -outform DER | sha256sum

            The signature shows that the files are those that the organisation's Tocsin gave out. It does not show that the source told the truth.
            """;

    private final Supplier<KeyPair> key;

    /** @param key of the daemon, Ed25519; asked for at each export */
    public SealedExport(Supplier<KeyPair> key) {
        this.key = key;
    }

    /** @return the SHA-256 of the public key, as a person reads it out */
    public String fingerprint() {
        return sha256(key.get().getPublic().getEncoded());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] of(Hold hold, String evidence, Actor actor, Instant now) {
        KeyPair pair = key.get();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("README.txt", bytes(README));
        files.put("item.json", bytes(evidence + "\n"));
        files.put("item.txt", bytes(text(Evidence.read(evidence))));
        files.put("history.json", bytes(history(hold, Evidence.read(evidence), actor, now) + "\n"));
        files.put("public-key.pem", bytes(pem(pair)));
        StringBuilder manifest = new StringBuilder();
        files.forEach((name, content) ->
                manifest.append(sha256(content)).append("  ").append(name).append('\n'));
        byte[] listed = bytes(manifest.toString());
        files.put("manifest.sha256", listed);
        files.put("manifest.sig", sign(pair, listed));
        return zip(files);
    }

    private static String text(ObjectNode item) {
        StringBuilder out = new StringBuilder();
        JsonNode author = item.path("author");
        line(
                out,
                "Author",
                author.path("name").asText("") + " " + author.path("handle").asText(""));
        line(out, "Profile", author.path("url").asText(""));
        line(out, "Address", item.path("url").asText(""));
        line(out, "Source", item.path("source").path("name").asText(""));
        line(out, "Published", item.path("publishedAt").asText(""));
        line(out, "Heard", item.path("heardAt").asText(""));
        out.append('\n');
        if (!item.path("title").asText("").isEmpty()) {
            out.append(item.path("title").asText()).append("\n\n");
        }
        return out.append(item.path("text").asText()).append('\n').toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        if (!value.isBlank() && !value.equals("null")) {
            out.append(name).append(": ").append(value.strip()).append('\n');
        }
    }

    private static String history(Hold hold, ObjectNode item, Actor actor, Instant now) {
        ObjectNode node = Evidence.object();
        node.put("heardAt", item.path("heardAt").asText());
        node.put("revision", item.path("revision").asLong());
        node.putObject("hold")
                .put("id", hold.id())
                .put("storyId", hold.storyId())
                .put("reason", hold.reason())
                .put("placedBy", hold.placedBy())
                .put("placedAt", hold.placedAt().toString())
                .put("endsAt", hold.endsAt().toString());
        node.putObject("export").put("by", actor.id()).put("at", now.toString());
        return Evidence.write(node);
    }

    private static String pem(KeyPair pair) {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] sign(KeyPair pair, byte[] content) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
