package org.tocsin.network.mastodon;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Draft;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextEntities;
import org.tocsin.post.TextEntity;
import org.tocsin.post.TextSize;

/** How Mastodon counts a text, and how it gives it back. */
final class MastodonText {
    /** Characters of a link that are shown. */
    private static final int SHOWN = 30;

    private static final Pattern PREFIX = Pattern.compile("^https?://(www\\.)?");

    private MastodonText() {}

    /**
     * Mastodon's StatusLengthValidator: grapheme clusters of the warning and the text, every link as so many characters, every
     * {@code @user@domain} as {@code @user}. GoToSocial counts code points of both as they are.
     */
    static TextSize size(MastodonInstance instance, int limit, Draft draft) {
        String warning = draft.contentWarning() == null ? "" : draft.contentWarning();
        if (instance.kind() == MastodonInstance.Kind.GOTOSOCIAL) {
            String all = warning + draft.text();
            return new TextSize(all.codePointCount(0, all.length()), limit, "code-points");
        }
        String counted = warning + replaced(draft.text(), "x".repeat(instance.urlLength()));
        return new TextSize(Graphemes.count(counted), limit, "graphemes");
    }

    /**
     * As link_to_url of Mastodon's app/lib/text_formatter.rb: without the scheme and {@code www.}, and the first thirty characters of the
     * rest. It is counted as {@link #size} says, whatever is shown. GoToSocial shows links whole.
     */
    static String shown(MastodonInstance instance, String text) {
        if (instance.kind() == MastodonInstance.Kind.GOTOSOCIAL) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (TextEntity entity : TextEntities.find(text)) {
            if (entity.kind() == TextEntity.Kind.LINK) {
                out.append(text, at, entity.start()).append(shortened(text.substring(entity.start(), entity.end())));
                at = entity.end();
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String shortened(String url) {
        String rest = PREFIX.matcher(url).replaceFirst("");
        return rest.codePointCount(0, rest.length()) <= SHOWN
                ? rest
                : rest.substring(0, rest.offsetByCodePoints(0, SHOWN)) + "…";
    }

    /** @return whether the HTML that a server lists says what was sent; white space and the domains of mentions do not count */
    static boolean same(String html, String sent) {
        return normal(plain(html)).equals(normal(sent));
    }

    private static String plain(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        for (Element line : document.select("br")) {
            line.after("\n");
        }
        for (Element paragraph : document.select("p")) {
            paragraph.appendText("\n\n");
        }
        return document.body().wholeText();
    }

    private static String normal(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return replaced(composed, null).replaceAll("[\\s\\p{Z}]+", "");
    }

    private static String replaced(String text, @Nullable String link) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (TextEntity entity : TextEntities.find(text)) {
            out.append(text, at, entity.start());
            at = entity.end();
            String shown = text.substring(entity.start(), entity.end());
            int domain = shown.indexOf('@', 1);
            out.append(
                    switch (entity.kind()) {
                        case LINK -> link == null ? shown : link;
                        case MENTION -> domain < 0 ? shown : shown.substring(0, domain);
                        case HASHTAG -> shown;
                    });
        }
        return out.append(text, at, text.length()).toString();
    }
}
