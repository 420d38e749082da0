package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.WatchHitRepository;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Response;

/** What is coming in, story by story; its script says when there is more, and moves nothing under who reads. */
final class ComingPage {
    private static final int MOST = 100;
    private static final String PATH = "/desk/listen/live";

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final WatchHitRepository hits;
    private final Sources sources;
    private final Watches watches;
    private final Replies replies;
    private final Templates templates;

    ComingPage(DeskParts parts, Replies replies, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.hits = parts.alerting().heard().hits();
        this.sources = parts.sources();
        this.watches = parts.watches();
        this.replies = replies;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/listen/live", Scope.READ, this::show));
    }

    private record Heard(List<Mention> mentions, Map<String, List<WatchHit>> hits) {}

    private Response show(Visit visit) {
        List<Source> all =
                sources.all(visit.actor()).stream().map(Sources.Seen::source).toList();
        List<Watch> kept = watches.all(visit.actor());
        Optional<String> source = visit.query("source")
                .filter(id -> all.stream().anyMatch(one -> one.id().equals(id)));
        Optional<String> watch = visit.query("watch")
                .filter(id -> kept.stream().anyMatch(one -> one.id().equals(id)));
        Heard heard = heard(visit, source.orElse(null), watch.orElse(null));
        SearchAddress address =
                new SearchAddress(Map.of()).with("watch", watch.orElse("")).with("source", source.orElse(""));
        return templates.page(
                200,
                "coming",
                visit,
                "rows",
                rows(visit, heard, all, kept),
                "watches",
                kept.stream().map(one -> new Choice(one.id(), one.name())).toList(),
                "watch",
                watch.orElse(""),
                "sources",
                all.stream().map(one -> new Choice(one.id(), one.name())).toList(),
                "source",
                source.orElse(""),
                "from",
                address.at(PATH));
    }

    private Heard heard(Visit visit, @Nullable String source, @Nullable String watch) {
        return unitOfWork.read(tx -> {
            List<Mention> some = watch == null
                    ? mentions.page(tx, visit.actor().branch(), source, "", MOST)
                    : mentions.found(tx, visit.actor().branch(), hits.newest(tx, watch, MOST)).stream()
                            .filter(one -> source == null || one.sourceId().equals(source))
                            .sorted((a, b) -> b.id().compareTo(a.id()))
                            .toList();
            List<String> ids = some.stream().map(Mention::id).toList();
            return new Heard(some, hits.of(tx, ids).stream().collect(Collectors.groupingBy(WatchHit::mentionId)));
        });
    }

    private List<ComingRow> rows(Visit visit, Heard heard, List<Source> all, List<Watch> kept) {
        Map<String, String> names = all.stream().collect(Collectors.toMap(Source::id, Source::name));
        Map<String, String> called = kept.stream().collect(Collectors.toMap(Watch::id, Watch::name));
        Map<String, List<Mention>> stories = new LinkedHashMap<>();
        for (Mention mention : heard.mentions()) {
            // What no watch matched belongs to no story.
            String story = heard.hits().getOrDefault(mention.id(), List.of()).stream()
                    .map(WatchHit::storyId)
                    .min(String::compareTo)
                    .orElse(mention.id());
            stories.computeIfAbsent(story, id -> new ArrayList<>()).add(mention);
        }
        Map<String, List<Reply>> answered =
                replies.of(visit, heard.mentions().stream().map(Mention::id).toList());
        List<String> texts = heard.mentions().stream().map(ComingPage::text).toList();
        Map<String, ReplyButton> buttons = replies.buttons(
                visit,
                stories.values().stream().map(story -> story.getFirst().id()).toList());
        return stories.values().stream()
                .map(story -> {
                    Mention first = story.getFirst();
                    List<String> words = Standout.of(text(first), texts);
                    return new ComingRow(
                            story.stream().map(Mention::id).collect(Collectors.joining(" ")),
                            story(visit, story, heard, names, called),
                            new SearchAddress(Map.of("query", String.join(" ", words))).at("/desk/listen/watches/new"),
                            String.join(" ", words),
                            buttons.getOrDefault(first.id(), ReplyButton.NONE),
                            "/desk/listen/mentions/" + first.id(),
                            story.stream()
                                    .flatMap(one -> answered.getOrDefault(one.id(), List.of()).stream())
                                    .toList());
                })
                .toList();
    }

    private static String text(Mention mention) {
        return Stream.of(mention.heard().title(), mention.heard().text())
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static StoryRow story(
            Visit visit, List<Mention> story, Heard heard, Map<String, String> names, Map<String, String> called) {
        List<HeardRow> rows = story.stream()
                .map(one -> HeardRows.of(
                        visit,
                        one,
                        names,
                        List.of(),
                        "",
                        heard.hits().getOrDefault(one.id(), List.of()).stream()
                                .map(hit -> called.getOrDefault(hit.watchId(), ""))
                                .filter(name -> !name.isEmpty())
                                .sorted()
                                .collect(Collectors.joining(" · ")),
                        ""))
                .toList();
        long tellers = story.stream().map(Mention::sourceId).distinct().count();
        return new StoryRow(
                rows.getFirst(),
                rows.size() == 1 ? "" : visit.t("desk.coming.more", "count", rows.size() - 1, "sources", tellers),
                rows.subList(1, rows.size()));
    }
}
