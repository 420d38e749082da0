package org.tocsin.feed;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.feed.FeedView.Picture;
import org.tocsin.network.LinkCard;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;

/** What an item says, as HTML that is also well-formed XML: paragraphs, line breaks and links; all else is escaped. */
final class ItemHtml {
    private ItemHtml() {}

    /** @return paragraphs of a plain text; its http and https links are anchors */
    static String paragraphs(String text) {
        return Stream.of(text.split("\n{2,}"))
                .filter(paragraph -> !paragraph.isBlank())
                .map(paragraph -> "<p>" + linked(paragraph) + "</p>")
                .collect(Collectors.joining("\n"));
    }

    private static String linked(String text) {
        StringBuilder html = new StringBuilder();
        int copied = 0;
        for (TextEntity entity : TextEntities.find(text)) {
            if (entity.kind() == TextEntity.Kind.LINK) {
                html.append(escaped(text.substring(copied, entity.start())))
                        .append(anchor(entity.value(), entity.value()));
                copied = entity.end();
            }
        }
        return html.append(escaped(text.substring(copied))).toString().replace("\n", "<br/>\n");
    }

    /** @param url http or https */
    static String anchor(String url, String text) {
        return "<a href=\"" + escaped(url) + "\">" + escaped(text) + "</a>";
    }

    static String pictures(List<Picture> pictures) {
        return pictures.stream()
                .map(picture -> "\n<p><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"/></p>"
                        .formatted(
                                escaped(picture.url()),
                                escaped(picture.image().alt()),
                                picture.image().width(),
                                picture.image().height()))
                .collect(Collectors.joining());
    }

    static String card(LinkCard card) {
        String description = card.description().isBlank() ? "" : "<p>" + escaped(card.description()) + "</p>";
        return "\n<blockquote><p>" + anchor(card.url(), card.title()) + "</p>" + description + "</blockquote>";
    }

    /** @return the text with the five characters of markup as references */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
