package org.tocsin.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tocsin.web.Request;

/** Where somebody was going when he was asked to sign in. Never to another host: what came in an address is checked as a stranger's. */
final class Next {
    private static final String HOME = "/desk";
    /** The line of a request has room for 32,768 bytes, and this stands in it encoded once more: a text that a phone shares is long. */
    private static final int LONGEST = 16_000;

    private Next() {}

    /** @return the door, by which one gets on to what was asked for */
    static String door(Request request) {
        return with("/desk/sign-in", asked(request));
    }

    /** @return that page, which will lead on to the next; {@link #HOME} needs no telling */
    static String with(String page, String next) {
        return next.equals(HOME) ? page : page + "?next=" + encode(next);
    }

    private static String asked(Request request) {
        String query = new TreeMap<>(request.query())
                .entrySet().stream()
                        .filter(pair -> !pair.getKey().equals("done"))
                        .map(Next::pair)
                        .collect(Collectors.joining("&"));
        String path = request.path().replaceAll("[^\\x21-\\x7e]", "");
        String whole = query.isEmpty() ? path : path + "?" + query;
        return checked(whole.length() > LONGEST ? path : whole);
    }

    private static String pair(Map.Entry<String, String> pair) {
        return encode(pair.getKey()) + "=" + encode(pair.getValue());
    }

    /** @return it, where it is a page of the desk for those who have signed in; else {@link #HOME} */
    static String checked(String next) {
        boolean ours = next.length() <= LONGEST
                && next.matches("/desk(?:/[\\x21-\\x7e&&[^\\\\]]*|\\?[\\x21-\\x7e&&[^\\\\]]*)?")
                && !next.matches("/desk/(?:sign-in|sign-out|code|password|setup|live)(?:[/?].*)?");
        return ours ? next : HOME;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
