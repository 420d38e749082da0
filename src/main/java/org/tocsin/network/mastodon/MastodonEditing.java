package org.tocsin.network.mastodon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.http.HttpResult;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.network.Channel;
import org.tocsin.network.Draft;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.Json;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Reason;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.post.TextSize;

/**
 * Edits statuses (docs.joinmastodon.org/methods/statuses/#edit). A server takes the request for the whole status: an image that is not
 * named goes, and a warning that is not given is taken away; so all of it is said each time.
 */
final class MastodonEditing implements Editing {
    private final MastodonApi api;
    private final MastodonAnswers answers;
    private final InstanceCache instances;

    MastodonEditing(MastodonApi api, MastodonAnswers answers, InstanceCache instances) {
        this.api = api;
        this.answers = answers;
        this.instances = instances;
    }

    @Override
    public RenderResult render(Channel channel, Rewording rewording) {
        MastodonInstance instance = instances.of(channel);
        String warning = rewording.contentWarning();
        TextSize size = MastodonText.size(
                instance,
                MastodonNetwork.maxText(channel, instance),
                new Draft(rewording.text(), warning, !rewording.pictures().isEmpty()));
        if (!size.fits()) {
            return refused(Reason.of(
                    "network.text.too-long", "actual", size.actual(), "limit", size.limit(), "unit", size.unit()));
        }
        ObjectNode body = Json.object()
                .put("status", rewording.text())
                .put("spoiler_text", warning == null ? "" : warning)
                .put("sensitive", warning != null);
        String language = Locale.forLanguageTag(rewording.language()).getLanguage();
        if (!language.isEmpty()) {
            body.put("language", language);
        }
        ArrayNode ids = body.putArray("media_ids");
        ArrayNode attributes = body.putArray("media_attributes");
        for (Rewording.Picture picture : rewording.pictures()) {
            if (!MastodonAnswers.isId(picture.handle())) {
                return refused(Reason.of("mastodon.edit.media"));
            }
            ids.add(picture.handle());
            attributes.addObject().put("id", picture.handle()).put("description", picture.alt());
        }
        return new RenderResult.Rendered(body.toString(), rewording.text());
    }

    private static RenderResult refused(Reason reason) {
        return new RenderResult.NotRendered(new PublishResult.Refused(reason));
    }

    @Override
    public EditResult edit(Channel channel, Receipt receipt, String body) {
        Optional<PublishResult.Unauthorized> unusable = MastodonApi.unusable(channel);
        if (unusable.isPresent()) {
            return EditResult.of(unusable.get());
        }
        String path = "/api/v1/statuses/" + MastodonApi.encoded(receipt.remoteId());
        HttpResult result = api.put(channel, path, body);
        if (!(result instanceof Answer answer)) {
            return answers.common().edit(channel, result);
        }
        return switch (answer.status()) {
            case 404 -> missing(channel, path, receipt, answer);
            case 405, 501 -> new EditResult.Refused(answers.common().reason(channel, answer, "mastodon.edit.none"));
            case 410 -> new EditResult.Gone();
            default ->
                answer.ok() && isIt(answer, receipt)
                        ? new EditResult.Edited(receipt)
                        : answers.common().edit(channel, answer);
        };
    }

    /** A server answers 404 for a status that is gone as for a method that it does not have: which, the status itself tells. */
    private EditResult missing(Channel channel, String path, Receipt receipt, Answer refusal) {
        HttpResult result = api.get(channel, path);
        if (!(result instanceof Answer answer)) {
            return answers.common().edit(channel, result);
        }
        if (answer.status() == 404 || answer.status() == 410) {
            return new EditResult.Gone();
        }
        return answer.ok() && isIt(answer, receipt)
                ? new EditResult.Refused(answers.common().reason(channel, refusal, "mastodon.edit.none"))
                : answers.common().edit(channel, answer);
    }

    private static boolean isIt(Answer answer, Receipt receipt) {
        return MastodonAnswers.id(Json.read(answer)).equals(Optional.of(receipt.remoteId()));
    }
}
