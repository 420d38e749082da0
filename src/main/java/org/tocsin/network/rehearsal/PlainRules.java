package org.tocsin.network.rehearsal;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Draft;
import org.tocsin.network.Limits;
import org.tocsin.network.OfflineRules;
import org.tocsin.post.Graphemes;
import org.tocsin.post.TextSize;

/** The rules of no network: near those of a Mastodon server, so that what passes here passes in most places. */
final class PlainRules implements OfflineRules {
    private static final int MAX_TEXT = 500;
    private static final String UNIT = "graphemes";

    @Override
    public Limits limits() {
        ImageLimits images = new ImageLimits(EnumSet.allOf(MediaType.class), 16_777_216, 33_177_600, 10_000, 20_000);
        return new Limits(
                MAX_TEXT,
                MAX_TEXT,
                UNIT,
                4,
                images,
                1500,
                true,
                List.of("public", "unlisted", "private"),
                List.of(),
                false,
                LocalDate.of(2026, 11, 23),
                "docs.joinmastodon.org/entities/Instance, the example's values");
    }

    @Override
    public TextSize measure(Draft draft) {
        int warning = draft.contentWarning() == null ? 0 : Graphemes.count(draft.contentWarning());
        return new TextSize((long) Graphemes.count(draft.text()) + warning, MAX_TEXT, UNIT);
    }

    @Override
    public boolean edits() {
        return true;
    }
}
