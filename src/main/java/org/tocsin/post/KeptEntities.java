package org.tocsin.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hashtags and links of a text that belong into its first part. */
final class KeptEntities {
    private final String text;
    private final List<TextEntity> entities;

    KeptEntities(String text) {
        this.text = text;
        this.entities = TextEntities.find(text);
    }

    /** @return those of the wanted that are in the text, not in the first part, and can be brought there */
    List<String> missing(List<String> wanted, String firstPart) {
        KeptEntities first = new KeptEntities(firstPart);
        return wanted.stream()
                .distinct()
                .filter(entity -> first.find(entity).isEmpty())
                .filter(entity -> find(entity).filter(this::portable).isPresent())
                .toList();
    }

    /** @return the last occurrence */
    Optional<TextEntity> find(String wanted) {
        return entities.reversed().stream()
                .filter(entity -> same(entity, wanted))
                .findFirst();
    }

    private boolean same(TextEntity entity, String wanted) {
        String written = text.substring(entity.start(), entity.end());
        return switch (entity.kind()) {
            case LINK -> written.equals(wanted);
            case HASHTAG -> written.equalsIgnoreCase(wanted);
            case MENTION -> false;
        };
    }

    private boolean portable(TextEntity entity) {
        return entity.kind() == TextEntity.Kind.HASHTAG
                || (!announced(entity) && (ownLine(entity) || trailing(entity)));
    }

    /** What announces a link with a colon or an arrow makes no sense without it. */
    private boolean announced(TextEntity link) {
        int before = Spaces.skipBack(text, link.start());
        return before > 0 && ":→⇒(«👉⬇👇".indexOf(text.codePointBefore(before)) >= 0;
    }

    private boolean ownLine(TextEntity link) {
        int before = Spaces.skipBack(text, link.start());
        int after = Spaces.skip(text, link.end());
        return lineEnd(before, link.start()) && (after == text.length() || lineEnd(link.end(), after));
    }

    private boolean lineEnd(int from, int to) {
        return text.substring(from, to).chars().anyMatch(c -> Spaces.lineEnds(c) > 0);
    }

    /** Only entities and white space follow. */
    private boolean trailing(TextEntity link) {
        int at = link.end();
        for (TextEntity entity : entities) {
            if (entity.start() >= at && Spaces.skip(text, at) == entity.start()) {
                at = entity.end();
            }
        }
        return Spaces.skip(text, at) == text.length() && Spaces.skipBack(text, link.start()) < link.start();
    }

    /** @return the text without those of the kept that are links, each at its last occurrence */
    String withoutLinks(List<String> kept) {
        List<TextEntity> links = new ArrayList<>();
        for (TextEntity entity : entities) {
            if (entity.kind() == TextEntity.Kind.LINK
                    && kept.contains(entity.value())
                    && find(entity.value()).filter(entity::equals).isPresent()) {
                links.add(entity);
            }
        }
        String rest = text;
        for (TextEntity link : links.reversed()) {
            int before = Spaces.skipBack(rest, link.start());
            int after = Spaces.skip(rest, link.end());
            String coarser = lineEnd(before, link.start())
                    ? text.substring(before, link.start())
                    : rest.substring(link.end(), after);
            rest = rest.substring(0, before) + coarser + rest.substring(after);
        }
        return Spaces.strip(rest);
    }
}
