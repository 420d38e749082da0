package org.tocsin.network.telegram;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.network.RemoteRef;

/** Reads the public addresses of messages (core.telegram.org/api/links, "Message links"). */
final class TelegramLinks {
    private static final Set<String> HOSTS = Set.of("t.me", "www.t.me", "telegram.me", "www.telegram.me");
    /** {@code /name/12}, {@code /s/name/12}, and with the topic of a forum {@code /name/3/12}. */
    private static final Pattern PUBLIC =
            Pattern.compile("/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})/(?:[1-9][0-9]{0,9}/)?([1-9][0-9]{0,9})/?");

    private static final Pattern PRIVATE =
            Pattern.compile("/c/([1-9][0-9]{0,15})/(?:[1-9][0-9]{0,9}/)?([1-9][0-9]{0,9})/?");

    private TelegramLinks() {}

    static Optional<RemoteRef> read(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || !HOSTS.contains(host) || url.getRawPath() == null) {
            return Optional.empty();
        }
        Matcher inside = PRIVATE.matcher(url.getRawPath());
        if (inside.matches()) {
            String chat = "-100" + inside.group(1);
            return ref(chat, "", inside.group(2));
        }
        Matcher open = PUBLIC.matcher(url.getRawPath());
        return open.matches() ? ref("@" + open.group(1), open.group(1), open.group(2)) : Optional.empty();
    }

    private static Optional<RemoteRef> ref(String chat, String name, String id) {
        String url = TelegramReceipts.url(chat, name, id);
        return url == null || Long.parseLong(id) > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new RemoteRef(id, url, Map.of(TelegramReceipts.CHAT, chat)));
    }
}
