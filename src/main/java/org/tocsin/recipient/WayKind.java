package org.tocsin.recipient;

import java.util.List;

/** The sorts of way out, with what each needs to be told. */
public enum WayKind {
    /** Mail to an address. */
    MAIL,
    /** An incoming webhook of Slack; its address is the key to it. */
    SLACK,
    /** A webhook of Discord; its address is the key to it. */
    DISCORD,
    /** A room of Matrix that is not encrypted. */
    MATRIX,
    /** A chat with the bot of a Telegram channel that is connected here. */
    TELEGRAM,
    /** A webhook of one's own, signed by the rules of Standard Webhooks. */
    WEBHOOK;

    /**
     * @return whether the same text sent again with the same id is known for a repeat on the other side: Matrix drops it by its transaction, a
     *     receiver of Standard Webhooks by its id, a program for mail by the Message-ID
     */
    public boolean knowsRepeats() {
        return switch (this) {
            case MAIL, MATRIX, WEBHOOK -> true;
            case SLACK, DISCORD, TELEGRAM -> false;
        };
    }

    /** @return whether all ways of this sort lead over one server, which is slow, silent or used up for all of them at once */
    public boolean sharesServer() {
        return this == MAIL;
    }

    /** @return the names of what may be shown */
    public List<String> settings() {
        return switch (this) {
            case MAIL -> List.of("address");
            case SLACK, DISCORD -> List.of();
            case MATRIX -> List.of("homeserver", "room");
            case TELEGRAM -> List.of("channel", "chatId");
            case WEBHOOK -> List.of("url");
        };
    }

    /** @return the names of what is never shown again */
    public List<String> secrets() {
        return switch (this) {
            case MAIL, TELEGRAM -> List.of();
            case SLACK, DISCORD -> List.of("url");
            case MATRIX -> List.of("token");
            case WEBHOOK -> List.of("secret");
        };
    }
}
