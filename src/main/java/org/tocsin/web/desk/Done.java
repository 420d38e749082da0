package org.tocsin.web.desk;

import java.util.Optional;
import org.tocsin.base.Message;

/** What a page may say was done, by a name in its address: a text of its own never comes from there. */
enum Done {
    OUT,
    PASSWORD,
    SAVED,
    DECIDED,
    DELETED,
    EDITED,
    ENDED,
    REMOVED,
    CONNECTED,
    CHANNEL_REMOVED,
    CHECKED,
    FROZEN,
    THAWED,
    REVOKED,
    APPROVED,
    DECLINED,
    ASIDE,
    SESSION_ENDED,
    NOTED,
    STRUCK,
    UNDONE,
    UNDONE_PART,
    KEPT,
    KEPT_BESIDE,
    KEPT_ANEW,
    DRAFT_REMOVED,
    DRAFT_SENT,
    ENTRY_REMOVED,
    CAMPAIGN_REMOVED,
    SEEN,
    SEEN_TO,
    WATCHED,
    UNWATCHED,
    LISTENING,
    LISTENED,
    ENTERED,
    SNOOZED,
    TESTED,
    ERASING,
    LINKED;

    static Optional<Message> of(String name) {
        for (Done one : values()) {
            if (one.word().equals(name)) {
                return Optional.of(one.message());
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private Message message() {
        return switch (this) {
            case OUT -> Message.of("desk.done.out");
            case PASSWORD -> Message.of("desk.done.password");
            case SAVED -> Message.of("desk.done.saved");
            case DECIDED -> Message.of("desk.done.decided");
            case DELETED -> Message.of("desk.done.deleted");
            case EDITED -> Message.of("desk.done.edited");
            case ENDED -> Message.of("desk.done.ended");
            case REMOVED -> Message.of("desk.done.removed");
            case CONNECTED -> Message.of("desk.done.connected");
            case CHANNEL_REMOVED -> Message.of("desk.done.channel-removed");
            case CHECKED -> Message.of("desk.done.checked");
            case FROZEN -> Message.of("desk.done.frozen");
            case THAWED -> Message.of("desk.done.thawed");
            case REVOKED -> Message.of("desk.done.revoked");
            case APPROVED -> Message.of("desk.done.approved");
            case DECLINED -> Message.of("desk.done.declined");
            case ASIDE -> Message.of("desk.done.aside");
            case SESSION_ENDED -> Message.of("desk.done.session-ended");
            case NOTED -> Message.of("desk.done.noted");
            case STRUCK -> Message.of("desk.done.struck");
            case UNDONE -> Message.of("desk.done.undone");
            case UNDONE_PART -> Message.of("desk.done.undone-part");
            case KEPT -> Message.of("desk.done.kept");
            case KEPT_BESIDE -> Message.of("desk.done.kept-beside");
            case KEPT_ANEW -> Message.of("desk.draft.gone");
            case ENTRY_REMOVED -> Message.of("desk.done.entry-removed");
            case CAMPAIGN_REMOVED -> Message.of("desk.done.campaign-removed");
            case SEEN -> Message.of("desk.done.seen");
            case SEEN_TO -> Message.of("desk.done.seen-to");
            case WATCHED -> Message.of("desk.done.watched");
            case UNWATCHED -> Message.of("desk.done.unwatched");
            case ENTERED -> Message.of("desk.done.entered");
            case ERASING -> Message.of("desk.done.erasing");
            case LINKED -> Message.of("desk.done.linked");
            case LISTENED -> Message.of("desk.done.listened");
            case LISTENING -> Message.of("desk.done.listening");
            case SNOOZED -> Message.of("desk.done.snoozed");
            case TESTED -> Message.of("desk.done.tested");
            case DRAFT_SENT -> Message.of("desk.done.draft-sent");
            case DRAFT_REMOVED -> Message.of("desk.done.draft-removed");
        };
    }
}
