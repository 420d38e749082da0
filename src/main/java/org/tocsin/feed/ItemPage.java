package org.tocsin.feed;

import java.time.ZoneId;
import java.util.Locale;
import org.tocsin.base.LocalTimes;
import org.tocsin.feed.FeedView.Entry;

/** The page at the permanent address of an item: without scripts, or anything from elsewhere. */
final class ItemPage {
    private ItemPage() {}

    static String write(Entry entry, String organisation, ZoneId zone) {
        String time = new LocalTimes(zone).text(entry.published(), Locale.forLanguageTag(entry.language()));
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/><title>%s – %s</title><link rel="stylesheet" href="/feeds/page.css"/></head>
                <body><main><article>
                <h1>%s</h1>
                <p><time datetime="%s">%s</time></p>
                %s
                </article></main></body>
                </html>
                """.formatted(
                        ItemHtml.escaped(entry.language()),
                        ItemHtml.escaped(entry.title()),
                        ItemHtml.escaped(organisation),
                        ItemHtml.escaped(organisation),
                        entry.published(),
                        ItemHtml.escaped(time + " (" + zone.getId() + ")"),
                        entry.html());
    }
}
