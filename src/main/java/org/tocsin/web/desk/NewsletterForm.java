package org.tocsin.web.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.Newsletter.Text;
import org.tocsin.newsletter.Newsletters;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * What stands in the fields of a newsletter's editor.
 *
 * @param texts   by language
 * @param images  that can be put into the texts, each with what stands beside it
 * @param version 0 for a new one
 */
public record NewsletterForm(
        Map<String, Text> texts,
        String main,
        Set<String> topics,
        Set<String> languages,
        Set<String> links,
        Set<String> reaches,
        boolean alsoPost,
        List<Picture> images,
        long version) {
    static final List<String> LANGUAGES = List.of("fr", "en");
    private static final Text NOTHING = new Text("", "", "");

    public NewsletterForm {
        texts = Map.copyOf(texts);
        topics = Set.copyOf(topics);
        languages = Set.copyOf(languages);
        links = Set.copyOf(links);
        reaches = Set.copyOf(reaches);
        images = List.copyOf(images);
    }

    static NewsletterForm fresh(String language) {
        return new NewsletterForm(Map.of(), language, Set.of(), Set.of(), Set.of(), Set.of(), false, List.of(), 0);
    }

    /** @param images of the texts */
    static NewsletterForm of(Newsletter newsletter, List<Picture> images) {
        Segment segment = newsletter.segment();
        return new NewsletterForm(
                newsletter.texts(),
                newsletter.mainLanguage(),
                segment.topics(),
                segment.languages(),
                segment.links(),
                segment.reaches().stream().map(Reach::name).collect(Collectors.toSet()),
                newsletter.alsoPost(),
                images,
                newsletter.version());
    }

    /** Reads what was typed. */
    static NewsletterForm typed(Form form, long version) {
        Map<String, Text> texts = new HashMap<>();
        for (String language : LANGUAGES) {
            texts.put(
                    language,
                    new Text(
                            form.get("subject-" + language),
                            form.get("preheader-" + language),
                            form.get("body-" + language)));
        }
        return new NewsletterForm(
                texts,
                form.get("main"),
                Set.copyOf(form.all("topic")),
                Set.copyOf(form.all("language")),
                Set.copyOf(form.all("link")),
                Set.copyOf(form.all("reach")),
                form.on("also"),
                Picture.typed(form),
                version);
    }

    /** @return the text in a language; of empty words where there is none */
    public Text text(String language) {
        return texts.getOrDefault(language, NOTHING);
    }

    Segment segment() {
        return new Segment(
                topics,
                languages,
                links,
                reaches.stream()
                        .filter(name -> name.equals("MAIL") || name.equals("TELEGRAM"))
                        .map(Reach::valueOf)
                        .collect(Collectors.toSet()));
    }

    Newsletters.Wanted wanted(@Nullable Long seen) {
        Map<String, Text> written = new HashMap<>(texts);
        written.values().removeIf(NOTHING::equals);
        return new Newsletters.Wanted(written, main, segment(), alsoPost, seen);
    }
}
