package org.tocsin.network.x;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.network.Channel;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;

/** Ids and addresses of posts. */
final class XPosts {
    /** A snowflake: 63 bits. */
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,15}");
    /** 2010-11-04T01:42:54.657Z, where the milliseconds of an id begin (twitter-archive/snowflake, {@code twepoch}). */
    private static final long EPOCH = 1_288_834_974_657L;

    private static final Set<String> HOSTS =
            Set.of("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com");
    private static final Pattern STATUS =
            Pattern.compile("/(?:[A-Za-z0-9_]{1,15}|i(?:/web)?)/status(?:es)?/([1-9][0-9]{0,18})(?:/.*)?");

    private XPosts() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** An id holds the millisecond in which it was made, by X's clock. */
    static Instant time(String id) {
        return Instant.ofEpochMilli((Long.parseUnsignedLong(id) >>> 22) + EPOCH);
    }

    /** @return an id that no post of before has, and none of after is smaller than */
    static String idAt(Instant at) {
        return Long.toUnsignedString(Math.max(0, at.toEpochMilli() - EPOCH) << 22);
    }

    /** X finds a post by its id alone; the name before it is for people. */
    static String url(Channel channel, String id) {
        String name = channel.setting("username")
                .filter(value -> NAME.matcher(value).matches())
                .orElse("i");
        return "https://x.com/" + name + "/status/" + id;
    }

    static Receipt receipt(Channel channel, String id) {
        return new Receipt(id, url(channel, id), time(id), Map.of());
    }

    /** @return the post of a public address, also of the network's old name */
    static Optional<RemoteRef> reference(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        Matcher status = STATUS.matcher(url.getRawPath() == null ? "" : url.getRawPath());
        boolean known = (scheme.equals("https") || scheme.equals("http")) && HOSTS.contains(host) && status.matches();
        return known
                ? Optional.of(new RemoteRef(status.group(1), "https://x.com/i/status/" + status.group(1), Map.of()))
                : Optional.empty();
    }

    /** X does not look at the name in an address; a person who pastes one of another account has mixed up two windows. */
    static boolean named(Channel channel, URI url) {
        String name = url.getPath() == null ? "" : url.getPath().replaceFirst("^/([^/]*).*", "$1");
        return name.equals("i")
                || channel.setting("username").map(name::equalsIgnoreCase).orElse(true);
    }
}
