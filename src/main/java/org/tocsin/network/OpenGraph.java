package org.tocsin.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextCleaning;

/**
 * Reads the Open Graph properties of a page (<a href="https://ogp.me/">ogp.me</a>), in their place those of X cards, then the title and the
 * description that every page can have.
 */
public final class OpenGraph {
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final int LONGEST_URL = 2048;

    private OpenGraph() {}

    /**
     * @param html    the page, of whatever quality
     * @param baseUri where it was asked for: the link of the card, and what relative addresses are resolved against
     * @return its card; empty when it has no title
     */
    public static Optional<LinkCard> parse(String html, URI baseUri) {
        return card(Jsoup.parse(html, baseUri.toString()), baseUri);
    }

    /** The same, for a page that was parsed. */
    static Optional<LinkCard> card(Document page, URI baseUri) {
        String title = line(first(page, "og:title", "twitter:title").orElseGet(page::title), LONGEST_TITLE);
        if (title.isEmpty()) {
            return Optional.empty();
        }
        String description = line(
                first(page, "og:description", "twitter:description", "description")
                        .orElse(""),
                LONGEST_DESCRIPTION);
        Optional<URI> image = metas(
                        page, "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
                .filter(meta -> !meta.attr("content").isBlank())
                .map(meta -> meta.absUrl("content"))
                .flatMap(url -> web(url).stream())
                .findFirst();
        return Optional.of(new LinkCard(
                baseUri.toString(), title, description, image.map(URI::toString).orElse(null)));
    }

    private static Optional<String> first(Document page, String... names) {
        return metas(page, names)
                .map(meta -> meta.attr("content"))
                .filter(content -> !TextCleaning.clean(content).isEmpty())
                .findFirst();
    }

    /** In the order of the names. Some sites write {@code name} where {@code property} is meant, and the other way round. */
    private static Stream<Element> metas(Document page, String... names) {
        return Stream.of(names)
                .flatMap(name -> page.select("meta[property=\"%1$s\"], meta[name=\"%1$s\"]".formatted(name)).stream());
    }

    private static String line(String text, int longest) {
        StringBuilder visible = new StringBuilder();
        TextCleaning.clean(text.length() > 8 * longest ? text.substring(0, 8 * longest) : text)
                .codePoints()
                .filter(c -> !turnsText(c))
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .forEach(visible::appendCodePoint);
        String line = visible.toString().replaceAll(" {2,}", " ").strip();
        if (line.length() <= longest) {
            return line;
        }
        int end = Graphemes.boundaries(line).previousSetBit(longest - 1);
        return line.substring(0, end).stripTrailing() + "…";
    }

    /** Marks that change the direction of what follows them: a stranger's title must not turn the text around it. */
    private static boolean turnsText(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    private static Optional<URI> web(String url) {
        if (url.isEmpty() || url.length() > LONGEST_URL) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(url.replace(" ", "%20"))).filter(OpenGraph::web);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** @return whether it is an absolute http or https address with a host and without user information */
    static boolean web(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && url.getUserInfo() == null;
    }
}
