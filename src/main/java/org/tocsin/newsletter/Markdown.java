package org.tocsin.newsletter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;
import org.tocsin.base.Message;

/**
 * Markdown as CommonMark has it, without HTML of its own, and with no more than letters need: what comes out holds the elements that are
 * listed here, links to the web and to mail, and images of our own.
 */
final class Markdown {
    /** Characters; a letter that is longer is read by nobody, and cut by Gmail (102 KB of HTML, seen 2026-11). */
    static final int MOST = 50_000;
    /** Deeper than anybody writes; a reader's own stack and patience are what it keeps. */
    static final int NESTED = 32;

    /** In one paragraph; people write a few. */
    private static final int MARKS = 1_000;

    private static final Pattern PARAGRAPHS = Pattern.compile("\\n[ \\t]*\\n");

    private static final Safelist ALLOWED = new Safelist()
            .addTags("p", "br", "h1", "h2", "h3", "h4", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code")
            .addTags("pre", "hr", "img")
            .addAttributes("a", "href")
            .addAttributes("ol", "start")
            .addAttributes("img", "src", "alt")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addProtocols("img", "src", "http", "https");

    private final Function<String, Optional<String>> images;
    private final Parser parser;
    private final HtmlRenderer html;
    private final TextContentRenderer text;

    /** @param images addresses by what stands in the place of an address; empty for what is none of ours */
    Markdown(Function<String, Optional<String>> images) {
        this.images = images;
        this.parser = Parser.builder().maxOpenBlockParsers(NESTED).build();
        this.html = HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
        this.text = TextContentRenderer.builder()
                .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                .build();
    }

    /** @return what keeps it from being sent; nothing else of this class may be asked then */
    List<Message> faults(String body) {
        if (body.length() > MOST) {
            return List.of(Message.of("newsletter.body.long", "limit", MOST, "actual", body.length()));
        }
        Message nested = Message.of("newsletter.body.nested", "limit", NESTED);
        if (isCrowded(body)) {
            return List.of(nested);
        }
        Node document = parser.parse(body);
        if (deepest(document) > 2 * NESTED) {
            return List.of(nested);
        }
        List<Message> faults = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                if (images.apply(image.getDestination()).isEmpty()) {
                    faults.add(Message.of("newsletter.image.foreign", "value", image.getDestination()));
                } else if (alt(image).isBlank()) {
                    faults.add(Message.of("newsletter.image.alt", "value", image.getDestination()));
                }
            }
        });
        return faults;
    }

    /** @return what stands in the place of the addresses of images, each once, in order */
    List<String> images(String body) {
        Set<String> found = new LinkedHashSet<>();
        parser.parse(body).accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                found.add(image.getDestination());
            }
        });
        return List.copyOf(found);
    }

    /** The parser's time grows with the square of the marks that open and never close in one paragraph. */
    private static boolean isCrowded(String body) {
        return PARAGRAPHS
                .splitAsStream(body)
                .anyMatch(one ->
                        one.chars().filter(c -> "*_[(`<&".indexOf(c) >= 0).count() > MARKS);
    }

    /** Without recursion: that is what it looks for. */
    private static int deepest(Node root) {
        int depth = 0;
        int deepest = 0;
        Node at = root;
        while (at != null) {
            if (at.getFirstChild() != null) {
                at = at.getFirstChild();
                depth++;
                deepest = Math.max(deepest, depth);
                continue;
            }
            while (depth > 0 && at.getNext() == null) {
                at = at.getParent();
                depth--;
            }
            at = depth == 0 ? null : at.getNext();
        }
        return deepest;
    }

    /** @return elements for the body of a page */
    Document html(String body) {
        Node document = parser.parse(body);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                image.setDestination(images.apply(image.getDestination()).orElse(""));
                image.setTitle(null);
            }
        });
        Document clean = Jsoup.parseBodyFragment(Jsoup.clean(html.render(document), ALLOWED));
        clean.outputSettings().prettyPrint(false);
        return clean;
    }

    /** @return the same words, with the addresses of links behind them */
    String text(String body) {
        return text.render(withAlternatives(parser.parse(body))).strip();
    }

    /** @return the same words with marks upon them */
    StyledText styled(String body) {
        StyledWriter writer = new StyledWriter();
        withAlternatives(parser.parse(body)).accept(writer);
        return writer.written();
    }

    /** In plain text an image is what it shows. */
    private static Node withAlternatives(Node document) {
        List<Image> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                found.add(image);
            }
        });
        for (Image image : found) {
            image.insertBefore(new Text("[" + alt(image) + "]"));
            image.unlink();
        }
        return document;
    }

    private static String alt(Image image) {
        StringBuilder words = new StringBuilder();
        image.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                words.append(part.getLiteral());
            }
        });
        return words.toString();
    }
}
