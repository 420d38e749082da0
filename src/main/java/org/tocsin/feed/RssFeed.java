package org.tocsin.feed;

import com.rometools.rome.feed.rss.Category;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Description;
import com.rometools.rome.feed.rss.Enclosure;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.tocsin.feed.FeedView.Entry;
import org.tocsin.feed.FeedView.Picture;

/**
 * RSS 2.0. Many readers take one enclosure only (rssboard.org/rss-profile, "enclosure"): it is the first picture; all of them are in the
 * description.
 */
final class RssFeed {
    private static final Namespace ATOM = Namespace.getNamespace("atom", "http://www.w3.org/2005/Atom");

    private RssFeed() {}

    static String write(FeedView view) {
        Channel channel = new Channel("rss_2.0");
        channel.setTitle(view.title());
        channel.setLink(view.home());
        channel.setDescription(view.title());
        channel.setLanguage(view.language());
        channel.setLastBuildDate(Date.from(view.updated()));
        channel.setItems(view.entries().stream().map(RssFeed::item).toList());
        List<Element> links = new ArrayList<>();
        links.add(link("self", view.self()).setAttribute("type", "application/rss+xml"));
        if (view.hub() != null) {
            links.add(link("hub", view.hub()));
        }
        channel.setForeignMarkup(links);
        List<String> languages = view.entries().stream().map(Entry::language).toList();
        return FeedXml.write(channel, root -> root.getChild("channel").getChildren("item"), languages);
    }

    private static Element link(String rel, String href) {
        return new Element("link", ATOM).setAttribute("href", href).setAttribute("rel", rel);
    }

    private static Item item(Entry entry) {
        Item item = new Item();
        item.setTitle(entry.title());
        item.setLink(entry.url());
        Guid guid = new Guid();
        guid.setValue(entry.id());
        guid.setPermaLink(false);
        item.setGuid(guid);
        item.setPubDate(Date.from(entry.published()));
        Description description = new Description();
        description.setType("text/html");
        description.setValue(entry.html());
        item.setDescription(description);
        item.setCategories(entry.tags().stream().map(RssFeed::category).toList());
        item.setEnclosures(
                entry.pictures().stream().limit(1).map(RssFeed::enclosure).toList());
        return item;
    }

    private static Category category(String tag) {
        Category category = new Category();
        category.setValue(tag);
        return category;
    }

    private static Enclosure enclosure(Picture picture) {
        Enclosure enclosure = new Enclosure();
        enclosure.setUrl(picture.url());
        enclosure.setType(picture.image().type());
        enclosure.setLength(picture.image().bytes());
        return enclosure;
    }
}
