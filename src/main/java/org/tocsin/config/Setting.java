package org.tocsin.config;

import java.util.Locale;

/**
 * Every setting there is. The environment name is the key in upper case with underscores, without {@code tocsin.} doubled:
 * {@code tocsin.delivery.quiet} is {@code TOCSIN_DELIVERY_QUIET}; where a setting is a secret, {@code …_FILE} names a file that holds it.
 */
public enum Setting {
    DATA("tocsin.data", "data", Type.PATH),
    DISK_RESERVE("tocsin.disk.reserve", "32", 0, 100_000),
    HTTP_HOST("tocsin.http.host", "127.0.0.1", Type.TEXT),
    HTTP_PORT("tocsin.http.port", "8080", 0, 65_535),
    TRUSTED_PROXIES("tocsin.http.trusted-proxies", "127.0.0.0/8,::1", Type.TEXT),
    MANAGEMENT_PORT("tocsin.management.port", "0", 0, 65_535),
    PUBLIC_URL("tocsin.public.url", "", Type.URL),
    ORGANISATION("tocsin.organisation", "Tocsin", Type.TEXT),
    LANGUAGE("tocsin.language", "fr", Type.LANGUAGE),
    ZONE("tocsin.zone", "Europe/Paris", Type.ZONE),
    KEY("tocsin.key", "", Type.SECRET),
    ROUTES("tocsin.routes", "", Type.PATH),
    HTTP_ALLOW("tocsin.http.allow", "", Type.TEXT),
    HTTP_PROXY("tocsin.http.proxy", "", Type.TEXT),
    POST_PLANNED("tocsin.post.planned", "10000", 1, 1_000_000),
    DELIVERY_QUIET("tocsin.delivery.quiet", "60s", Type.DURATION),
    DELIVERY_GRACE("tocsin.delivery.grace", "15m", Type.DURATION),
    DELIVERY_UNDO("tocsin.delivery.undo", "0s", Type.DURATION),
    DESK_UNDO("tocsin.desk.undo", "10s", Type.DURATION),
    DELIVERY_RETRY_MIN("tocsin.delivery.retry.min", "30s", Type.DURATION),
    DELIVERY_RETRY_MAX("tocsin.delivery.retry.max", "30m", Type.DURATION),
    DELIVERY_GIVE_UP("tocsin.delivery.give-up", "24h", Type.DURATION),
    DELIVERY_PROBES("tocsin.delivery.probes", "48", 1, 100_000),
    SOURCE_POLL_MIN("tocsin.source.poll.min", "10m", Type.DURATION),
    MENTION_KEEP("tocsin.mention.keep", "396d", Type.DURATION),
    PRIVACY_CONTACT("tocsin.privacy.contact", "", Type.TEXT),
    SECURITY_CONTACT("tocsin.security.contact", "", Type.TEXT),
    PRIVACY_TEXT("tocsin.privacy.text", "", Type.TEXT),
    CLOCK_SETTLE("tocsin.clock.settle", "5m", Type.DURATION),
    WEBHOOK_URL("tocsin.notices.webhook.url", "", Type.URL),
    WEBHOOK_SECRET("tocsin.notices.webhook.secret", "", Type.SECRET),
    MAIL_HOST("tocsin.mail.host", "", Type.TEXT),
    MAIL_PORT("tocsin.mail.port", "587", 1, 65_535),
    MAIL_TLS("tocsin.mail.tls", "starttls", Type.TEXT),
    MAIL_USER("tocsin.mail.user", "", Type.TEXT),
    MAIL_PASSWORD("tocsin.mail.password", "", Type.SECRET),
    MAIL_FROM("tocsin.mail.from", "", Type.TEXT),
    MAIL_QUOTA("tocsin.mail.quota", "500", 0, 1_000_000),
    NEWSLETTER_RATE("tocsin.newsletter.rate", "60", 1, 100_000),
    NEWSLETTER_QUOTA("tocsin.newsletter.quota", "0", 0, 10_000_000),
    NEWSLETTER_CONNECTIONS("tocsin.newsletter.connections", "2", 1, 20),
    NEWSLETTER_LEAVE("tocsin.newsletter.leave", "", Type.TEXT),
    RETURNS_HOST("tocsin.returns.host", "", Type.TEXT),
    RETURNS_PORT("tocsin.returns.port", "993", 1, 65_535),
    RETURNS_TLS("tocsin.returns.tls", "true", Type.FLAG),
    RETURNS_USER("tocsin.returns.user", "", Type.TEXT),
    RETURNS_PASSWORD("tocsin.returns.password", "", Type.SECRET),
    RETURNS_FOLDER("tocsin.returns.folder", "INBOX", Type.TEXT),
    WEBSUB_HUB("tocsin.feeds.hub", "", Type.URL),
    BLUESKY_JETSTREAM("tocsin.bluesky.jetstream", "https://jetstream1.us-east.bsky.network/subscribe", Type.URL),
    TELEGRAM_SERVER("tocsin.telegram.server", "", Type.URL),
    LINK_CARDS("tocsin.cards", "true", Type.FLAG);

    /** What a value must look like. */
    public enum Type {
        TEXT,
        LANGUAGE,
        NUMBER,
        DURATION,
        PATH,
        URL,
        ZONE,
        FLAG,
        SECRET
    }

    private final String key;
    private final String fallback;
    private final Type type;
    private final int least;
    private final int most;

    Setting(String key, String fallback, Type type) {
        this(key, fallback, type, 0, 0);
    }

    Setting(String key, String fallback, int least, int most) {
        this(key, fallback, Type.NUMBER, least, most);
    }

    Setting(String key, String fallback, Type type, int least, int most) {
        this.key = key;
        this.fallback = fallback;
        this.type = type;
        this.least = least;
        this.most = most;
    }

    /** @return the name in the file */
    public String key() {
        return key;
    }

    /** @return the value where none is given */
    public String fallback() {
        return fallback;
    }

    /** @return what a value must look like */
    public Type type() {
        return type;
    }

    /** @return the smallest number that it takes */
    public int least() {
        return least;
    }

    /** @return the largest number that it takes */
    public int most() {
        return most;
    }

    /** @return the name in the environment */
    public String environment() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
