package org.tocsin.mention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Payloads in the shape that each network documents, with all the fields it sends; the people in them are made up. */
public final class Recorded {
    /** After everything that the payloads tell. */
    public static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static final Path FOLDER = Path.of("src/test/resources/payloads");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Recorded() {}

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    public static JsonNode json(String name) throws IOException {
        return JSON.readTree(bytes(name));
    }
}
