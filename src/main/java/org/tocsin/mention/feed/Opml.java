package org.tocsin.mention.feed;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.PlainText;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Lists of feeds, as readers of feeds hand them to one another (OPML 2.0, opml.org/spec2.opml). */
public final class Opml {
    private static final int MAX_NAME = 200;

    private Opml() {}

    /**
     * A feed of a list.
     *
     * @param title   as the list calls it; null where it does not
     * @param url     as written
     */
    public record Outline(@Nullable String title, String url) {}

    /** @return the feeds, in any depth of folders; empty where it is no OPML */
    public static Optional<List<Outline>> read(String text) {
        Optional<Document> document = new XmlTree().read(text);
        if (document.isEmpty()
                || !document.get().getDocumentElement().getTagName().equalsIgnoreCase("opml")) {
            return Optional.empty();
        }
        List<Outline> outlines = new ArrayList<>();
        NodeList all = document.get().getElementsByTagName("outline");
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            // Written so by the specification, and otherwise by some.
            String url = one.hasAttribute("xmlUrl") ? one.getAttribute("xmlUrl") : one.getAttribute("xmlurl");
            if (!url.isBlank()) {
                String title = one.hasAttribute("title") ? one.getAttribute("title") : one.getAttribute("text");
                String clean =
                        PlainText.cut(title.replaceAll("\\s+", " "), MAX_NAME).strip();
                outlines.add(new Outline(clean.isEmpty() ? null : clean, url.strip()));
            }
        }
        return Optional.of(outlines);
    }

    /** @return the list, under that title */
    public static String write(String title, List<Outline> outlines, Instant now) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("opml");
            xml.writeAttribute("version", "2.0");
            xml.writeStartElement("head");
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
            xml.writeStartElement("dateCreated");
            xml.writeCharacters(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeStartElement("body");
            for (Outline one : outlines) {
                xml.writeEmptyElement("outline");
                xml.writeAttribute("type", "rss");
                xml.writeAttribute("text", one.title() == null ? one.url() : one.title());
                xml.writeAttribute("xmlUrl", one.url());
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }
}
