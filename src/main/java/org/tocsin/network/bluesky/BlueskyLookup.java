package org.tocsin.network.bluesky;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.mention.Author;
import org.tocsin.mention.AuthorLookup;
import org.tocsin.network.Channel;
import org.tocsin.network.SessionStore;

/**
 * Finds the DID of a handle (docs.bsky.app, com.atproto.identity.resolveHandle): the stream of the whole network names authors by it alone, and
 * it stays when the handle changes. The server of a connected channel is asked, or else the one that answers everybody.
 */
public final class BlueskyLookup implements AuthorLookup {
    /** It answers reads without a session (docs.bsky.app, API hosts). */
    public static final URI PUBLIC = URI.create("https://public.api.bsky.app");

    private static final String PROFILE = "bsky.app/profile/";
    /** As atproto.com/specs/handle: labels with dots between, and an ending that is no number. */
    private static final Pattern HANDLE =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final HttpClient http;
    private final BlueskyAnswers answers;
    private final Handles handles;
    private final URI open;

    /**
     * @param http  the one way out
     * @param store keeps sessions, shared with whoever publishes
     * @param open  the server that is asked where no channel is connected
     */
    public BlueskyLookup(HttpClient http, SessionStore store, Clock clock, URI open) {
        this.http = http;
        this.answers = new BlueskyAnswers(clock);
        this.handles = new Handles(new BlueskySessions(http, store, answers), answers);
        this.open = open;
    }

    @Override
    public String network() {
        return "bluesky";
    }

    @Override
    public Found ask(String name, @Nullable Channel channel) {
        String account = name.startsWith(PROFILE) ? name.substring(PROFILE.length()) : name;
        if (PostRef.isDid(account)) {
            return new Same(List.of(author(account, account)));
        }
        if (!HANDLE.matcher(account).matches()) {
            return new Other();
        }
        return switch (channel == null ? asked(account) : handles.resolve(channel, account)) {
            case Handles.Resolved(String did) -> new Same(List.of(author(account, did), author(did, did)));
            case Handles.Nobody _ -> new Untold(Message.of("bluesky.lookup.nobody", "handle", account));
            case Handles.Failed _ -> new Untold(Message.of("bluesky.lookup.failed", "handle", account));
        };
    }

    private Handles.Resolution asked(String handle) {
        HttpResult result = http.send(HttpRequest.get(URI.create(open
                + "/xrpc/com.atproto.identity.resolveHandle?handle="
                + URLEncoder.encode(handle, StandardCharsets.UTF_8))));
        return Handles.read(result)
                .orElseGet(() -> new Handles.Failed(answers.common().harmless(result)));
    }

    private static Author author(String handle, String did) {
        return new Author(null, handle, "https://bsky.app/profile/" + did);
    }
}
