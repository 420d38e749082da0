package org.tocsin.mention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/** Sources and items as tests need them, with nothing that a test does not speak of. */
public final class HeardSamples {
    private HeardSamples() {}

    /** A feed that was never read, and is due then. */
    public static Source feed(String id, String name, String url, Instant due) {
        return new Source(
                id,
                BranchId.MAIN,
                "feed",
                name,
                url,
                null,
                null,
                null,
                SourceState.LISTENING,
                null,
                0,
                null,
                due,
                null,
                null,
                0,
                due,
                1);
    }

    /** A post of nobody. */
    public static HeardItem post(String id, String text) {
        return post(id, Author.unknown(), text, null, null, null, List.of(), List.of(), Counts.unknown());
    }

    /** A post in French. */
    public static HeardItem post(String id, Author author, String text, String... mentioned) {
        return post(id, author, text, "fr", null, null, List.of(), List.of(mentioned), Counts.unknown());
    }

    public static HeardItem post(
            String id,
            Author author,
            String text,
            @Nullable String language,
            @Nullable String url,
            @Nullable Instant publishedAt,
            List<String> tags,
            List<String> mentioned,
            Counts counts) {
        return new HeardItem(
                id,
                ItemKind.POST,
                author,
                null,
                text,
                language,
                url,
                publishedAt,
                tags,
                mentioned,
                List.of(),
                null,
                false,
                counts);
    }
}
