package org.tocsin.feed;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.atom.Person;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;
import org.tocsin.feed.FeedView.Entry;
import org.tocsin.feed.FeedView.Picture;

/** Atom 1.0. */
final class AtomFeed {
    private static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");

    private AtomFeed() {}

    static String write(FeedView view) {
        Feed feed = new Feed("atom_1.0");
        feed.setId(view.self());
        feed.setTitle(view.title());
        feed.setUpdated(Date.from(view.updated()));
        Person author = new Person();
        author.setName(view.author());
        feed.setAuthors(List.of(author));
        feed.setAlternateLinks(List.of(link("alternate", view.home(), "text/html")));
        List<Link> others = new ArrayList<>();
        others.add(link("self", view.self(), "application/atom+xml"));
        if (view.hub() != null) {
            others.add(link("hub", view.hub(), null));
        }
        feed.setOtherLinks(others);
        feed.setEntries(view.entries().stream().map(AtomFeed::entry).toList());
        List<String> languages = view.entries().stream().map(Entry::language).toList();
        return FeedXml.write(
                feed,
                root -> {
                    root.setAttribute("lang", view.language(), Namespace.XML_NAMESPACE);
                    return root.getChildren("entry", ATOM);
                },
                languages);
    }

    private static com.rometools.rome.feed.atom.Entry entry(Entry shown) {
        com.rometools.rome.feed.atom.Entry entry = new com.rometools.rome.feed.atom.Entry();
        entry.setId(shown.id());
        entry.setTitle(shown.title());
        entry.setPublished(Date.from(shown.published()));
        entry.setUpdated(Date.from(shown.updated()));
        entry.setAlternateLinks(List.of(link("alternate", shown.url(), "text/html")));
        entry.setOtherLinks(shown.pictures().stream().map(AtomFeed::enclosure).toList());
        entry.setCategories(shown.tags().stream().map(AtomFeed::category).toList());
        Content content = new Content();
        content.setType(Content.HTML);
        content.setValue(shown.html());
        entry.setContents(List.of(content));
        return entry;
    }

    private static Category category(String tag) {
        Category category = new Category();
        category.setTerm(tag);
        return category;
    }

    private static Link enclosure(Picture picture) {
        Link link = link("enclosure", picture.url(), picture.image().type());
        link.setLength(picture.image().bytes());
        link.setTitle(picture.image().alt());
        return link;
    }

    private static Link link(String rel, String href, @Nullable String type) {
        Link link = new Link();
        link.setRel(rel);
        link.setHref(href);
        link.setType(type);
        return link;
    }
}
