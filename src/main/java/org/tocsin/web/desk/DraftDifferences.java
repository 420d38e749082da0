package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.publishing.KeptDraft;

/** Says what is not the same in two versions of a draft beside their text: of two equal texts nobody could choose. */
final class DraftDifferences {
    private final Visit visit;
    private final KeptDraft.Content mine;
    private final KeptDraft.Content theirs;

    DraftDifferences(Visit visit, KeptDraft.Content mine, KeptDraft.Content theirs) {
        this.visit = visit;
        this.mine = mine;
        this.theirs = theirs;
    }

    List<Other.Field> fields() {
        List<Other.Field> fields = new ArrayList<>();
        add(fields, visit.t("desk.write.when"), when(mine), when(theirs));
        add(fields, visit.t("desk.write.channels"), channels(mine), channels(theirs));
        add(fields, visit.t("desk.field.language"), mine.language(), theirs.language());
        add(fields, visit.t("desk.write.campaign"), mine.campaign(), theirs.campaign());
        add(fields, visit.t("desk.write.warning"), mine.warning(), theirs.warning());
        add(fields, visit.t("desk.draft.images"), images(mine), images(theirs));
        variants(fields);
        return fields;
    }

    private static void add(List<Other.Field> fields, String name, String mine, String theirs) {
        if (!mine.equals(theirs)) {
            fields.add(new Other.Field(name, mine, theirs));
        }
    }

    private static String when(KeptDraft.Content content) {
        return (content.date() + " " + content.time()).strip();
    }

    private String channels(KeptDraft.Content content) {
        return content.channels().stream()
                .map(id -> visit.channels().getOrDefault(id, id))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String images(KeptDraft.Content content) {
        return content.images().stream()
                .map(one -> one.alt().isBlank() ? one.label() : one.label() + " (" + one.alt() + ")")
                .collect(Collectors.joining(", "));
    }

    private void variants(List<Other.Field> fields) {
        Map<String, String> mineByChannel = mine.variants();
        Map<String, String> theirsByChannel = theirs.variants();
        Stream.concat(mineByChannel.keySet().stream(), theirsByChannel.keySet().stream())
                .distinct()
                .sorted()
                .forEach(id -> add(
                        fields,
                        visit.t(
                                "desk.write.variant",
                                "channel",
                                visit.channels().getOrDefault(id, id)),
                        mineByChannel.getOrDefault(id, ""),
                        theirsByChannel.getOrDefault(id, "")));
    }
}
