package org.tocsin.network.mastodon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.http.HttpBody.Part;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;

/** Media attachments (docs.joinmastodon.org/methods/media). */
final class MastodonUploads {
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final MastodonApi api;
    private final MastodonAnswers answers;

    MastodonUploads(MastodonApi api, MastodonAnswers answers) {
        this.api = api;
        this.answers = answers;
    }

    UploadResult upload(Channel channel, SegmentImage image) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new UploadResult.Failed(unusable.get());
        }
        List<Part> parts = new ArrayList<>();
        if (!image.alt().isBlank()) {
            parts.add(new Part.Field("description", image.alt()));
        }
        String name = "image." + image.image().type().extension();
        parts.add(new Part.Upload(
                "file", name, image.image().type().mimeType(), image.image().file()));
        HttpResult result = api.upload(channel, "/api/v2/media", parts);
        return uploaded(channel, result, 202);
    }

    /** Asks for an attachment: 206 while it is processed, 422 where that failed. */
    UploadResult state(Channel channel, String handle) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return new UploadResult.Failed(unusable.get());
        }
        return uploaded(channel, api.get(channel, "/api/v1/media/" + MastodonApi.encoded(handle)), 206);
    }

    private UploadResult uploaded(Channel channel, HttpResult result, int processing) {
        if (result instanceof Answer answer && answer.ok()) {
            Optional<String> id = MastodonAnswers.id(Json.read(answer));
            if (id.isPresent()) {
                return answer.status() == processing
                        ? new UploadResult.Processing(id.get(), AGAIN)
                        : new UploadResult.Uploaded(id.get());
            }
        }
        return new UploadResult.Failed(answers.common().harmless(channel, result));
    }
}
