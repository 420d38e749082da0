package org.tocsin.network.x;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.mention.Author;
import org.tocsin.mention.AuthorLookup;
import org.tocsin.network.Channel;

/**
 * Says that X is not asked who somebody is: the log knows its authors by number, and X takes money for every name that it turns into one
 * (docs.x.com, API pricing). The number is told by the address of the account, which costs nothing.
 */
public final class XLookup implements AuthorLookup {
    private static final String NUMBERED = "x.com/i/user/";
    private static final Pattern PROFILE = Pattern.compile("(?:x|twitter)\\.com/([a-z0-9_]{1,15})");
    /** As help.x.com: letters, digits and underscores, at most 15. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,15}");

    @Override
    public String network() {
        return "x";
    }

    @Override
    public Found ask(String name, @Nullable Channel channel) {
        if (name.startsWith(NUMBERED)) {
            return new Same(List.of(new Author(null, null, "https://" + name)));
        }
        if (XPosts.isId(name)) {
            return new Same(List.of(new Author(null, null, "https://" + NUMBERED + name)));
        }
        Matcher profile = PROFILE.matcher(name);
        String account = profile.matches() ? profile.group(1) : name;
        return NAME.matcher(account).matches()
                ? new Untold(Message.of("x.lookup.number", "name", account))
                : new Other();
    }
}
