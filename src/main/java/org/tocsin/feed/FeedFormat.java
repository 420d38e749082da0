package org.tocsin.feed;

/** The formats of a feed. */
public enum FeedFormat {
    /** RSS 2.0, rssboard.org/rss-specification. */
    RSS("rss", "application/rss+xml; charset=utf-8"),
    /** Atom 1.0, RFC 4287. */
    ATOM("atom", "application/atom+xml; charset=utf-8"),
    /** JSON Feed 1.1, jsonfeed.org/version/1.1. */
    JSON("json", "application/feed+json; charset=utf-8");

    private final String extension;
    private final String contentType;

    FeedFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** @return the ending of its addresses, without the dot */
    public String extension() {
        return extension;
    }

    /** @return the value of the {@code Content-Type} header */
    public String contentType() {
        return contentType;
    }
}
