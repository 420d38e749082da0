package org.tocsin.network.mastodon;

import java.text.Normalizer;
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
