package org.tocsin.mention;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;
import org.tocsin.post.TextCleaning;

/** Turns what a source gives into plain text. No path leads from here back to HTML. */
public final class PlainText {
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "br",
            "li",
            "ul",
            "ol",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "tr",
            "table",
            "section",
            "article",
            "header",
            "footer",
            "figure",
            "figcaption",
            "hr",
            "dt",
            "dd");
    private static final Set<String> SILENT = Set.of("script", "style", "template", "noscript", "head", "title");

    private PlainText() {}

    /** @return the words of a piece of HTML, its paragraphs on lines of their own, at most {@code max} characters */
    public static String ofHtml(String html, int max) {
        Document document = Jsoup.parse(html);
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    private int silent;

                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof Element element && SILENT.contains(element.normalName())) {
                            silent++;
                        } else if (node instanceof TextNode words && silent == 0) {
                            append(text, words.getWholeText());
                        } else if (breaks(node) && silent == 0) {
                            newLine(text);
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element && SILENT.contains(element.normalName())) {
                            silent--;
                        } else if (breaks(node) && silent == 0) {
                            newLine(text);
                        }
                    }
                },
                document);
        return cut(text.toString(), max);
    }

    private static boolean breaks(Node node) {
        return node instanceof Element element && BLOCKS.contains(element.normalName());
    }

    private static void newLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        if (end > 0 && text.charAt(end - 1) != '\n') {
            text.append('\n');
        }
    }

    /** White space of the source is one blank, as a browser shows it. */
    private static void append(StringBuilder text, String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            boolean blank = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
            if (!blank) {
                text.append(c);
            } else if (!text.isEmpty()
                    && text.charAt(text.length() - 1) != ' '
                    && text.charAt(text.length() - 1) != '\n') {
                text.append(' ');
            }
        }
    }

    /** @return a text that was plain already, clean, at most {@code max} characters, cut between characters */
    public static String cut(String text, int max) {
        String within = text.length() <= 4L * max ? text : text.substring(0, 4 * max);
        String clean = TextCleaning.clean(within);
        if (clean.length() <= max) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max;
        return clean.substring(0, end);
    }

    /** @return an address that may be shown as a link: http or https with a host, at most 2,000 characters; else nothing */
    public static Optional<String> link(@Nullable String written) {
        if (written == null || written.isBlank() || written.length() > 2_000) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(written.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web =
                    List.of("http", "https").contains(scheme) && uri.getHost() != null && uri.getUserInfo() == null;
            return web ? Optional.of(uri.toString()) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
