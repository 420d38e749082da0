package org.tocsin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.FaultException;
import org.tocsin.feed.FeedDocument;
import org.tocsin.feed.FeedFormat;
import org.tocsin.feed.FeedReaders;
import org.tocsin.feed.Feeds;
import org.tocsin.media.MediaType;

/** The organisation's feeds, the pages of their items, and their pictures, for anyone. */
public final class FeedFiles {
    private static final Pattern PICTURE = Pattern.compile("([0-9a-f]{64})\\.(jpg|png|webp|gif)");

    private final Feeds feeds;
    private final FeedReaders readers;
    private final Path pictures;

    /**
     * @param readers  is told who fetches a feed
     * @param pictures the folder of the media store
     */
    public FeedFiles(Feeds feeds, FeedReaders readers, Path pictures) {
        this.feeds = feeds;
        this.readers = readers;
        this.pictures = pictures;
    }

    /** @return everything that is served */
    public List<ServedFile> all() {
        List<ServedFile> files = new ArrayList<>();
        for (FeedFormat format : FeedFormat.values()) {
            files.add(new ServedFile(
                    "/feeds/posts." + format.extension(), request -> read(request, feeds.posts(format))));
        }
        files.add(new ServedFile("/feeds/tags/:name", this::tagged));
        files.add(new ServedFile(
                "/p/:id",
                request -> answer(request, feeds.page(request.param("id")).orElseThrow(() -> missing(request)))));
        files.add(new ServedFile("/feeds/page.css", request -> style()));
        files.add(new ServedFile("/media/:name", this::picture));
        return files;
    }

    /** How the page of an item looks. */
    private static Response style() {
        try (InputStream in = FeedFiles.class.getResourceAsStream("/feed/page.css")) {
            byte[] css =
                    Objects.requireNonNull(in, "page.css is not in this build").readAllBytes();
            return new Response(200, "text/css; charset=utf-8", Map.of(), css)
                    .with("Cache-Control", "public, max-age=3600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response tagged(Request request) {
        String name = request.param("name");
        for (FeedFormat format : FeedFormat.values()) {
            String ending = "." + format.extension();
            if (name.endsWith(ending)) {
                Optional<FeedDocument> found = feeds.tagged(format, name.substring(0, name.length() - ending.length()));
                return read(request, found.orElseThrow(() -> missing(request)));
            }
        }
        throw missing(request);
    }

    private Response picture(Request request) {
        Matcher name = PICTURE.matcher(request.param("name"));
        if (!name.matches()) {
            throw missing(request);
        }
        Path file = pictures.resolve(name.group(1).substring(0, 2)).resolve(request.param("name"));
        if (!Files.isRegularFile(file) || !feeds.shows(name.group(1))) {
            throw missing(request);
        }
        for (MediaType type : MediaType.values()) {
            if (type.extension().equals(name.group(2))) {
                // Kept for an hour, not for ever: the picture of a post that is taken back goes too.
                return Response.file(type.mimeType(), file).with("Cache-Control", "public, max-age=3600");
            }
        }
        throw missing(request);
    }

    private static FaultException missing(Request request) {
        return FaultException.notFound("path", request.path());
    }

    private Response read(Request request, FeedDocument document) {
        readers.saw(
                request.path(), request.address(), request.header("user-agent").orElse(""));
        return answer(request, document);
    }

    private static Response answer(Request request, FeedDocument document) {
        boolean known = document.notModified(
                request.headers().get("if-none-match"), request.headers().get("if-modified-since"));
        Response response =
                known ? Response.empty(304) : new Response(200, document.contentType(), Map.of(), document.bytes());
        return response.with("ETag", document.etag())
                .with("Last-Modified", document.lastModifiedHeader())
                .with("Cache-Control", "public, max-age=60");
    }
}
