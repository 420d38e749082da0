package org.tocsin.watch;

import java.util.List;
import org.tocsin.mention.Item;
import org.tocsin.mention.ItemKind;

/** A property of an item that is compared as a whole. */
record ValueClause(Kind kind, String value) implements Clause {
    /** Which property. */
    enum Kind {
        LANGUAGE,
        SOURCE,
        SITE,
        AUTHOR,
        IS,
        HAS
    }

    @Override
    public boolean test(Heard heard) {
        return switch (kind) {
            case LANGUAGE -> heard.languages().contains(value);
            case SOURCE -> heard.sources().contains(value);
            case SITE -> heard.sites().contains(value);
            case AUTHOR -> heard.authors().contains(value);
            case IS -> is(heard.item());
            case HAS -> has(heard);
        };
    }

    private boolean is(Item item) {
        return switch (value) {
            case "repost" -> item.kind() == ItemKind.REPOST;
            case "reply" -> item.kind() == ItemKind.REPLY;
            case "quote" -> item.kind() == ItemKind.QUOTE;
            default -> item.edited();
        };
    }

    private boolean has(Heard heard) {
        return switch (value) {
            case "link" -> heard.hasLink();
            case "media" -> heard.item().media();
            default -> heard.hasTag();
        };
    }

    @Override
    public double anchors(Rarity rarity, List<Anchor> anchors) {
        if (!(need() instanceof Need.One(Anchor anchor))) {
            return Double.POSITIVE_INFINITY;
        }
        anchors.add(anchor);
        return rarity.of(anchor);
    }

    @Override
    public Need need() {
        Anchor.Kind where = switch (kind) {
            case LANGUAGE -> Anchor.Kind.LANGUAGE;
            case SOURCE -> Anchor.Kind.SOURCE;
            case SITE -> Anchor.Kind.SITE;
            case AUTHOR -> Anchor.Kind.AUTHOR;
            // Too common to look by, and not worth a table.
            case IS, HAS -> null;
        };
        return where == null ? new Need.Nothing() : new Need.One(new Anchor(where, value));
    }

    @Override
    public int effort() {
        return 0;
    }
}
