package org.tocsin.network.bluesky;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a post is kept.
 *
 * @param did  the account
 * @param rkey the record's key
 */
record PostRef(String did, String rkey) {
    /** The collection of posts. */
    static final String COLLECTION = "app.bsky.feed.post";

    private static final String DID = "did:(?:plc|web):[a-zA-Z0-9._:%-]{1,250}";
    private static final String RKEY = "[a-zA-Z0-9._~:-]{1,512}";
    private static final Pattern IS_DID = Pattern.compile(DID);
    private static final Pattern URI = Pattern.compile("at://(" + DID + ")/app\\.bsky\\.feed\\.post/(" + RKEY + ")");
    private static final Pattern WEB =
            Pattern.compile("https://bsky\\.app/profile/([a-zA-Z0-9._:%-]{1,253})/post/(" + RKEY + ")/?");

    /** @return the post of an AT URI; empty where it is none */
    static Optional<PostRef> read(String uri) {
        Matcher matcher = URI.matcher(uri);
        return matcher.matches() ? Optional.of(new PostRef(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** @return account (a handle or a DID) and key from an address on the web; the account still has to be resolved */
    static Optional<PostRef> readWeb(String address) {
        Matcher matcher = WEB.matcher(address);
        return matcher.matches() ? Optional.of(new PostRef(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    static boolean isDid(String text) {
        return IS_DID.matcher(text).matches();
    }

    String uri() {
        return "at://" + did + "/" + COLLECTION + "/" + rkey;
    }

    /** @return the address at which people read it */
    String web() {
        return "https://bsky.app/profile/" + did + "/post/" + rkey;
    }
}
