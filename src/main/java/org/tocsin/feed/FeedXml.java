package org.tocsin.feed;

import com.rometools.rome.feed.WireFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.util.List;
import java.util.function.Function;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/** The last step of the two XML formats. */
final class FeedXml {
    private FeedXml() {}

    /**
     * @param items     finds the elements of the items
     * @param languages of the items, in their order
     */
    static String write(WireFeed feed, Function<Element, List<Element>> items, List<String> languages) {
        try {
            Document document = new WireFeedOutput().outputJDom(feed);
            List<Element> elements = items.apply(document.getRootElement());
            for (int i = 0; i < elements.size(); i++) {
                elements.get(i).setAttribute("lang", languages.get(i), Namespace.XML_NAMESPACE);
            }
            // Raw: white space in a text is the author's.
            Format format = Format.getRawFormat().setEncoding("UTF-8").setLineSeparator("\n");
            return new XMLOutputter(format).outputString(document);
        } catch (FeedException e) {
            throw new IllegalStateException(e);
        }
    }
}
