package org.tocsin.network.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tocsin.http.HttpBody;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;

/** Brings images to X, in one request each, and their alt texts. Nobody sees them before a post names them; unused they expire. */
final class XUploads {
    static final int MAX_ALT = 1000;

    private static final String PATH = "/2/media/upload";

    private final XApi api;
    private final XAnswers answers;

    XUploads(XApi api, XAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    UploadResult upload(Channel channel, SegmentImage image) {
        String type = image.image().type().mimeType();
        HttpBody body = new HttpBody.Multipart(List.of(
                new HttpBody.Part.Field("media_category", "tweet_image"),
                new HttpBody.Part.Field("media_type", type),
                new HttpBody.Part.Upload(
                        "media",
                        "image." + image.image().type().extension(),
                        type,
                        image.image().file())));
        HttpResult result = api.post(XAccess.of(channel), PATH, body);
        UploadResult uploaded = read(channel, result);
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
