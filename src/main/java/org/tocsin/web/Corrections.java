package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Locale;
import org.tocsin.base.Tx;
import org.tocsin.publishing.PostPlan;
import org.tocsin.publishing.RevisePost;
import org.tocsin.publishing.RevisionPlan;

/** Corrections over REST that edit where they can. */
final class Corrections {
    private final RevisePost revise;
    private final IdempotencyKeys keys;
    private final PostViews shown;
    private final Views views;
    private final Json json;
    private final Clock clock;

    Corrections(RevisePost revise, IdempotencyKeys keys, PostViews shown, Views views, Json json, Clock clock) {
        this.revise = revise;
        this.keys = keys;
        this.shown = shown;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    Response revise(Request request, String postId, PostBodies.Correction body) {
        if (Boolean.TRUE.equals(body.dryRun())) {
            RevisionPlan plan = revise.plan(request.actor(), postId, body.revision());
            return Response.json(200, json.write(dryRun(plan, request.locale())));
        }
        return keys.once(
                request,
                () -> revise.accept(
                        request.actor(),
                        revise.plan(request.actor(), postId, body.revision()),
                        new RevisePost.Within<Response>() {
                            @Override
                            public void before(Tx tx) {
                                keys.check(tx, request);
                            }

                            @Override
                            public Response after(Tx tx, RevisePost.Accepted accepted) {
                                Response answer =
                                        Response.json(202, json.write(accepted(tx, accepted, request.locale())));
                                keys.store(tx, request, answer, clock.instant());
                                return answer;
                            }
                        }));
    }

    private ObjectNode dryRun(RevisionPlan plan, Locale locale) {
        ObjectNode node = json.object();
        node.put("dryRun", true);
        Json.put(node, "dueAt", null);
        warnings(node, plan, locale);
        ArrayNode channels = node.putArray("channels");
        for (RevisionPlan.Step step : plan.steps()) {
            ObjectNode channel = step(step, locale);
            if (step.composed() != null) {
                shown.channel(channel, step.composed());
            } else {
                channel.put("network", step.delivery().network());
                channel.putArray("segments");
            }
            channels.add(channel);
        }
        return node;
    }

    private ObjectNode accepted(Tx tx, RevisePost.Accepted accepted, Locale locale) {
        ObjectNode node = shown.post(tx, accepted.post(), accepted.deliveries(), locale);
        warnings(node, accepted.plan(), locale);
        ArrayNode corrections = node.putArray("corrections");
        accepted.plan().steps().forEach(step -> corrections.add(step(step, locale)));
        node.set(
                "erratum",
                accepted.erratum() == null
                        ? null
                        : shown.post(
                                tx,
                                accepted.erratum().post(),
                                accepted.erratum().deliveries(),
                                locale));
        return node;
    }

    private void warnings(ObjectNode node, RevisionPlan plan, Locale locale) {
        PostPlan erratum = plan.erratum();
        shown.warnings(node, plan.warnings(), locale);
        if (erratum != null) {
            ArrayNode all = node.withArray("warnings");
            erratum.warnings()
                    .forEach(warning ->
                            all.addObject().put("code", warning.code()).put("message", views.text(warning, locale)));
        }
    }

    private ObjectNode step(RevisionPlan.Step step, Locale locale) {
        ObjectNode node = json.object();
        node.put("deliveryId", step.delivery().id());
        node.put("channelId", step.delivery().channelId());
        node.put("action", step.action().name().toLowerCase(Locale.ROOT));
        node.put("reason", step.reason() == null ? null : views.text(step.reason(), locale));
        node.put("reasonCode", step.reason() == null ? null : step.reason().code());
        return node;
    }
}
