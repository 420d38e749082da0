package org.tocsin.mention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * An item that somebody gives of his own accord, as he wrote it: by hand, or by a webhook.
 *
 * @param id          by which the giver knows it; null where he has none
 * @param html        instead of {@code text}; its words are taken
 * @param author      name, as shown
 * @param language    BCP 47; what is none counts as not said
 * @param publishedAt ISO 8601 with an offset
 * @param kind        as {@link ItemKind}, in any case; null for a post, or an article where there is a title
 */
public record GivenItem(
        @Nullable String id,
        @Nullable String title,
        @Nullable String text,
        @Nullable String html,
        @Nullable String url,
        @Nullable String author,
        @Nullable String handle,
        @Nullable String language,
        @Nullable String publishedAt,
        @Nullable String kind,
        List<String> tags) {
    private static final int MAX_NAME = 200;
    private static final int MAX_TAGS = 100;
    private static final int MAX_ID = 500;

    public GivenItem {
        tags = List.copyOf(tags);
    }

    /**
     * @param at  where it stands in the request, such as {@code /items/3}; empty where it is the request
     * @return as the log has it
     * @throws FaultException INVALID where it says nothing, or a field cannot be read
     */
    public HeardItem heard(String at, Instant now) {
        String said = html != null && !html.isBlank()
                ? PlainText.ofHtml(html, HeardItem.MAX_TEXT)
                : PlainText.cut(text == null ? "" : text, HeardItem.MAX_TEXT).strip();
        String head = title == null || title.isBlank()
                ? null
                : PlainText.cut(title.replaceAll("\\s+", " "), HeardItem.MAX_TITLE);
        if (said.isEmpty() && head == null) {
            throw FaultException.invalid(at + "/text", Message.of("heard.given.text"));
        }
        String link = PlainText.link(url).orElse(null);
        if (link == null && url != null && !url.isBlank()) {
            throw FaultException.invalid(at + "/url", Message.of("heard.source.url", "value", url));
        }
        Instant published = published(at);
        ItemKind sort = kind(at, head);
        String who = clean(author);
        String by = clean(handle);
        return new HeardItem(
                nativeId(link, head, said, who),
                sort,
                new Author(who, by == null ? null : by.replaceFirst("^@", ""), null),
                head,
                said,
                tag(),
                link,
                published == null || published.isAfter(now) ? null : published,
                tags.stream()
                        .limit(MAX_TAGS)
                        .map(tag -> PlainText.cut(tag, MAX_NAME).replaceFirst("^#", ""))
                        .filter(tag -> !tag.isBlank())
                        .toList(),
                List.of(),
                List.of(),
                null,
                false,
                Counts.unknown());
    }

    private static @Nullable String clean(@Nullable String name) {
        String clean = name == null
                ? ""
                : PlainText.cut(name.replaceAll("\\s+", " "), MAX_NAME).strip();
        return clean.isEmpty() ? null : clean;
    }

    private @Nullable Instant published(String at) {
        if (publishedAt == null || publishedAt.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(publishedAt.strip()).toInstant();
        } catch (DateTimeException unreadable) {
            throw FaultException.invalid(at + "/publishedAt", Message.of("heard.given.time", "value", publishedAt));
        }
    }

    private ItemKind kind(String at, @Nullable String head) {
        if (kind == null || kind.isBlank()) {
            return head == null ? ItemKind.POST : ItemKind.ARTICLE;
        }
        for (ItemKind one : ItemKind.values()) {
            if (one.name().equalsIgnoreCase(kind.strip())) {
                return one;
            }
        }
        throw FaultException.invalid(at + "/kind", Message.of("heard.given.kind", "value", kind));
    }

    private @Nullable String tag() {
        if (language == null || language.isBlank()) {
            return null;
        }
        try {
            return new Locale.Builder().setLanguageTag(language.strip()).build().toLanguageTag();
        } catch (IllformedLocaleException notOne) {
            return null;
        }
    }

    /** What has no id is known by its address, else by its words: given twice, it is one item. */
    private String nativeId(@Nullable String link, @Nullable String head, String said, @Nullable String who) {
        if (id != null && !id.isBlank() && id.length() <= MAX_ID) {
            return id.strip();
        }
        String known = id != null && !id.isBlank()
                ? "id:" + id
                : link != null
                        ? "url:" + link
                        : String.join("\0", "words", String.valueOf(head), said, String.valueOf(who));
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(known.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
