package org.tocsin.newsletter;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;
import org.tocsin.newsletter.StyledText.Span;
import org.tocsin.newsletter.StyledText.Style;

/** Writes a document as text with marks upon it. */
final class StyledWriter extends AbstractVisitor {
    private final StringBuilder out = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private int quotes;

    StyledText written() {
        int end = out.length();
        while (end > 0 && Character.isWhitespace(out.charAt(end - 1))) {
            end--;
        }
        String text = out.substring(0, end);
        List<Span> within = spans.stream()
                .filter(span -> span.offset() < text.length())
                .map(span -> new Span(
                        span.style(),
                        span.offset(),
                        Math.min(span.length(), text.length() - span.offset()),
                        span.url()))
                .toList();
        return new StyledText(text, within);
    }

    private void block() {
        if (out.isEmpty()) {
            return;
        }
        while (!out.isEmpty() && out.charAt(out.length() - 1) == '\n') {
            out.setLength(out.length() - 1);
        }
        out.append("\n\n");
    }

    private void within(Node node, Style style, @Nullable String url) {
        int from = out.length();
        visitChildren(node);
        mark(style, from, url);
    }

    private void mark(Style style, int from, @Nullable String url) {
        int end = out.length();
        while (end > from && Character.isWhitespace(out.charAt(end - 1))) {
            end--;
        }
        if (end > from) {
            spans.add(new Span(style, from, end - from, url));
        }
    }

    @Override
    public void visit(Paragraph paragraph) {
        if (!(paragraph.getParent() instanceof ListItem)) {
            block();
        }
        visitChildren(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        block();
        within(heading, Style.BOLD, null);
    }

    @Override
    public void visit(BlockQuote quote) {
        block();
        quotes++;
        if (quotes == 1) {
            // The Bot API knows no quotation within another.
            within(quote, Style.BLOCKQUOTE, null);
        } else {
            visitChildren(quote);
        }
        quotes--;
    }

    @Override
    public void visit(BulletList list) {
        items(list, 0);
    }

    @Override
    public void visit(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        items(list, start == null ? 1 : start);
    }

    private void items(Node list, int start) {
        if (list.getParent() instanceof ListItem) {
            out.append('\n');
        } else {
            block();
        }
        int number = start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (item.getPrevious() != null) {
                out.append('\n');
            }
            out.append(start == 0 ? "• " : number + ". ");
            number++;
            visitChildren(item);
        }
    }

    @Override
    public void visit(FencedCodeBlock code) {
        pre(code.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        pre(code.getLiteral());
    }

    private void pre(String literal) {
        block();
        int from = out.length();
        out.append(literal.stripTrailing());
        mark(Style.PRE, from, null);
    }

    @Override
    public void visit(HtmlBlock html) {
        block();
        out.append(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        out.append(html.getLiteral());
    }

    @Override
    public void visit(ThematicBreak line) {
        block();
        out.append("———");
    }

    @Override
    public void visit(Text text) {
        out.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        int from = out.length();
        out.append(code.getLiteral());
        mark(Style.CODE, from, null);
    }

    @Override
    public void visit(Emphasis emphasis) {
        within(emphasis, Style.ITALIC, null);
    }

    @Override
    public void visit(StrongEmphasis strong) {
        within(strong, Style.BOLD, null);
    }

    @Override
    public void visit(Link link) {
        String url = link.getDestination();
        if (url.startsWith("https://") || url.startsWith("http://")) {
            within(link, Style.LINK, url);
        } else {
            visitChildren(link);
        }
    }

    @Override
    public void visit(SoftLineBreak line) {
        out.append('\n');
    }

    @Override
    public void visit(HardLineBreak line) {
        out.append('\n');
    }
}
