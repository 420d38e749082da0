package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.watch.Explanation;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Response;

/** One mention, and why a watch rang for it, or did not: clause by clause, and what held it back. */
final class WhyPage {
    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Sources sources;
    private final Watches watches;
    private final Trial trial;
    private final Replies replies;
    private final Templates templates;

    WhyPage(DeskParts parts, Replies replies, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.sources = parts.sources();
        this.watches = parts.watches();
        this.trial = parts.trial();
        this.replies = replies;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/listen/mentions/:id", Scope.READ, this::show));
    }

    private Response show(Visit visit) {
        String id = visit.request().param("id");
        Mention mention = unitOfWork
                .read(tx -> mentions.find(tx, visit.actor().branch(), id))
                .orElseThrow(() -> FaultException.notFound("heard", id));
        Optional<Watch> watch =
                visit.query("watch").filter(one -> !one.isEmpty()).map(one -> watches.find(visit.actor(), one));
        Map<String, String> names = sources.all(visit.actor()).stream()
                .map(Sources.Seen::source)
                .collect(Collectors.toMap(Source::id, Source::name));
        @Nullable Explanation why = null;
        List<String> told = List.of();
        List<String> faults = List.of();
        if (watch.isPresent()) {
            told = trial.told(visit.actor(), watch.get(), id).stream()
                    .map(visit::said)
                    .toList();
            try {
                why = trial.explain(visit.actor(), watch.get().query(), id);
            } catch (FaultException e) {
                // A watch that an earlier release took may be none for this one.
                faults = visit.said(e);
            }
        }
        return templates.page(
                200,
                "why",
                visit,
                "one",
                HeardRows.of(visit, mention, names, why == null ? List.of() : why.hits(), "", "", ""),
                "replies",
                replies.of(visit, List.of(id)).getOrDefault(id, List.of()),
                "button",
                replies.buttons(visit, List.of(id)).getOrDefault(id, ReplyButton.NONE),
                "id",
                id,
                "watches",
                watches.all(visit.actor()).stream()
                        .map(one -> new Choice(one.id(), one.name()))
                        .toList(),
                "watch",
                watch.map(Watch::id).orElse(""),
                "clause",
                why == null ? null : ClauseRow.of(visit, why),
                "told",
                told,
                "faults",
                faults);
    }
}
