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
