package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;

/**
 * Brings images to X, and their alt texts: stills in one request, animated GIFs in pieces. Nobody sees them before a post names them;
 * unused they expire (docs.x.com/x-api/media).
 */
final class XUploads {
    static final int MAX_ALT = 1000;

    private static final String PATH = "/2/media/upload";
    private static final long PIECE = 4_000_000;

    private final XApi api;
    private final XAnswers answers;

    XUploads(XApi api, XAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    UploadResult upload(Channel channel, SegmentImage image) {
        UploadResult uploaded =
                image.image().type() == MediaType.GIF ? animation(channel, image.image()) : still(channel, image);
        String handle = switch (uploaded) {
            case UploadResult.Uploaded(String id) -> id;
            case UploadResult.Processing(String id, Duration _) -> id;
            case UploadResult.Failed _ -> "";
        };
        if (handle.isEmpty() || image.alt().isBlank()) {
            return uploaded;
        }
        ObjectNode alt = Json.object().put("id", handle);
        alt.putObject("metadata").putObject("alt_text").put("text", image.alt());
        HttpResult described = api.post(XAccess.of(channel), "/2/media/metadata", HttpBody.json(alt.toString()));
        return described instanceof Answer answer && answer.ok()
                ? uploaded
                : new UploadResult.Failed(answers.harmless(channel, described));
    }

    private UploadResult still(Channel channel, SegmentImage image) {
        String type = image.image().type().mimeType();
        HttpBody body = new HttpBody.Multipart(List.of(
                new HttpBody.Part.Field("media_category", "tweet_image"),
                new HttpBody.Part.Field("media_type", type),
                new HttpBody.Part.Upload(
                        "media",
                        "image." + image.image().type().extension(),
                        type,
                        image.image().file())));
        return read(channel, api.post(XAccess.of(channel), PATH, body));
    }

    /** Begun, appended piece by piece, ended; then X processes it. */
    private UploadResult animation(Channel channel, FittedImage image) {
        XAccess access = XAccess.of(channel);
        String type = image.type().mimeType();
        ObjectNode begin = Json.object()
                .put("media_type", type)
                .put("total_bytes", image.bytes())
                .put("media_category", "tweet_gif");
        UploadResult begun = read(channel, api.post(access, PATH + "/initialize", HttpBody.json(begin.toString())));
        if (!(begun instanceof UploadResult.Uploaded(String id))) {
            return begun;
        }
        for (long offset = 0; offset < image.bytes(); offset += PIECE) {
            HttpResult appended = api.post(
                    access,
                    PATH + "/" + id + "/append",
                    new HttpBody.Multipart(List.of(
                            new HttpBody.Part.Field("segment_index", String.valueOf(offset / PIECE)),
                            new HttpBody.Part.Piece(
                                    "media",
                                    "image." + image.type().extension(),
                                    type,
                                    image.file(),
                                    offset,
                                    Math.min(PIECE, image.bytes() - offset)))));
            if (!(appended instanceof Answer answer && answer.ok())) {
                return new UploadResult.Failed(answers.harmless(channel, appended));
            }
        }
        return read(channel, api.post(access, PATH + "/" + id + "/finalize", HttpBody.json("{}")));
    }

    UploadResult state(Channel channel, String handle) {
        if (!XPosts.isId(handle)) {
            return new UploadResult.Failed(new PublishResult.Refused(Reason.of("x.media.unknown")));
        }
        return read(channel, api.get(XAccess.of(channel), PATH, Map.of("command", "STATUS", "media_id", handle)));
    }

    private UploadResult read(Channel channel, HttpResult result) {
        if (!(result instanceof Answer answer) || !answer.ok()) {
            return new UploadResult.Failed(answers.harmless(channel, result));
        }
        JsonNode data = Json.read(answer).path("data");
        String id = data.path("id").asText("");
        if (!XPosts.isId(id)) {
            return new UploadResult.Failed(answers.harmless(channel, result));
        }
        return switch (data.path("processing_info").path("state").asText("succeeded")) {
            case "succeeded" -> new UploadResult.Uploaded(id);
            case "failed" ->
                new UploadResult.Failed(new PublishResult.Refused(answers.reason(channel, answer, "x.media.failed")));
            default -> {
                long seconds =
                        data.path("processing_info").path("check_after_secs").asLong(1);
                yield new UploadResult.Processing(id, Duration.ofSeconds(Math.clamp(seconds, 1, 60)));
            }
        };
    }
}
