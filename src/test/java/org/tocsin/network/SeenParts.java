package org.tocsin.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a multipart body as a fake server reads them (RFC 7578).
 *
 * @param fields texts by name
 * @param files  by name
 */
public record SeenParts(Map<String, String> fields, Map<String, File> files) {
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /** A file that arrived. */
    public record File(String name, byte[] bytes) {}

    /** Reads the body; empty where it is no multipart. */
    public static Optional<SeenParts> of(Seen request) {
        String type = request.header("content-type").orElse("");
        if (!type.startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        String boundary = "--" + type.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
        String all = new String(request.bytes(), ISO_8859_1);
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, File> files = new LinkedHashMap<>();
        for (int at = all.indexOf(boundary); at >= 0 && !all.startsWith(boundary + "--", at); ) {
            int end = all.indexOf("\r\n" + boundary, at);
            int body = all.indexOf("\r\n\r\n", at) + 4;
            String head = new String(all.substring(at, body).getBytes(ISO_8859_1), UTF_8);
            byte[] bytes = all.substring(body, end).getBytes(ISO_8859_1);
            String name = first(NAME, head.replace("filename=", "file=")).orElseThrow();
            first(FILE_NAME, head)
                    .ifPresentOrElse(
                            file -> files.put(name, new File(file, bytes)),
                            () -> fields.put(name, new String(bytes, UTF_8)));
            at = end + 2;
        }
        return Optional.of(new SeenParts(fields, files));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
