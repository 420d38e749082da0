package org.tocsin.mention.feed;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document.OutputSettings.Syntax;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML of strangers. The whole process is told to refuse a DOCTYPE ({@code jdk.xml.dtd.support=deny}); this factory alone ignores
 * one instead, for feeds that carry a harmless one (RSS 0.91): no entity that it declares is known, and nothing that it names is fetched.
 * The JDK's limits on depth, attributes and sizes stand.
 */
final class XmlTree {
    private static final Pattern NAMED = Pattern.compile("&([A-Za-z][A-Za-z0-9]{1,31});");
    /** Not allowed in XML 1.0, not even as references. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private static final Pattern FORBIDDEN_REFERENCE =
            Pattern.compile("&#(?:x0*(?:[0-8BbCcEeFf]|1[0-9A-Fa-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));");
    /** The limit of the JDK's parser: what is nested deeper is no feed. */
    private static final int MAX_DEPTH = 100;

    private final DocumentBuilderFactory factory;

    XmlTree() {
        this.factory = DocumentBuilderFactory.newDefaultNSInstance();
    }

    /** @return the document; where it is not well-formed, what a lenient reading makes of it; empty where nothing can be made of it */
    Optional<Document> read(String text) {
        String clean = named(FORBIDDEN_REFERENCE
                .matcher(FORBIDDEN.matcher(text).replaceAll(""))
                .replaceAll(""));
        String from = clean.strip();
        if (!from.startsWith("<")) {
            return Optional.empty();
        }
        Optional<Document> strict = strict(from);
        return strict.isPresent() ? strict : lenient(from).flatMap(this::strict);
    }

    /** The names of HTML mean the same here, declared or not; only those five of XML stay for the parser. */
    private static String named(String text) {
        return NAMED.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            boolean ofXml = name.equals("amp")
                    || name.equals("lt")
                    || name.equals("gt")
                    || name.equals("quot")
                    || name.equals("apos");
            return Matcher.quoteReplacement(
                    ofXml
                            ? match.group()
                            : Entities.isNamedEntity(name) ? Entities.getByName(name) : "&amp;" + name + ";");
        });
    }

    private Optional<Document> strict(String text) {
        try {
            DocumentBuilder builder = builder();
            return Optional.of(builder.parse(new InputSource(new StringReader(text))));
        } catch (SAXException | IOException | NullPointerException notWellFormed) {
            // The last is the JDK's own fault: with DTDs ignored, a DOCTYPE of HTML leaves it without the grammar it
            // then asks for.
            return Optional.empty();
        }
    }

    private DocumentBuilder builder() {
        try {
            synchronized (factory) {
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                factory.setAttribute("jdk.xml.dtd.support", "ignore");
                factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
                factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
                factory.setXIncludeAware(false);
                factory.setExpandEntityReferences(false);
                DocumentBuilder builder = factory.newDocumentBuilder();
                builder.setErrorHandler(Silent.INSTANCE);
                builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
                return builder;
            }
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML parser lacks what it always had", e);
        }
    }

    private static Optional<String> lenient(String text) {
        org.jsoup.nodes.Document tree = Jsoup.parse(text, "", Parser.xmlParser());
        AtomicInteger deepest = new AtomicInteger();
        NodeTraversor.traverse((node, depth) -> deepest.accumulateAndGet(depth, Math::max), tree);
        if (deepest.get() > MAX_DEPTH || tree.children().isEmpty()) {
            return Optional.empty();
        }
        tree.outputSettings().syntax(Syntax.xml).prettyPrint(false).escapeMode(Entities.EscapeMode.xhtml);
        return Optional.of(tree.child(0).outerHtml());
    }

    /** The JDK's own prints to the console. */
    private enum Silent implements ErrorHandler {
        INSTANCE;

        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) {}

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
