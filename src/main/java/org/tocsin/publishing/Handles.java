package org.tocsin.publishing;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an account's name can look like on each network, without its leading {@code @}; whether it exists is the server's to say. Sources:
 * Mastodon's account model (name and server), atproto's handle syntax, X's help ("username"), Telegram's {@code account.checkUsername}.
 */
final class Handles {
    private static final String DOMAIN =
            "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]";
    private static final Map<String, Pattern> FORMS = Map.of(
            "mastodon", Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?@" + DOMAIN),
            "bluesky", Pattern.compile(DOMAIN),
            "x", Pattern.compile("[A-Za-z0-9_]{1,15}"),
            "telegram", Pattern.compile("[A-Za-z][A-Za-z0-9_]{4,31}"));
    private static final Map<String, String> EXAMPLES = Map.of(
            "mastodon", "name@server.example",
            "bluesky", "name.bsky.social",
            "x", "name_15",
            "telegram", "name_of_5_to_32");

    private Handles() {}

    /** @return true where the network's form is not known */
    static boolean possible(String network, String handle) {
        Pattern form = FORMS.get(network);
        return form == null || form.matcher(handle.replaceFirst("^@", "")).matches();
    }

    static String example(String network) {
        return EXAMPLES.getOrDefault(network, "");
    }
}
