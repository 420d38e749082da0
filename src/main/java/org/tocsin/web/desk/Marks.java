package org.tocsin.web.desk;

import org.tocsin.delivery.DeliveryState;

/** A mark per network, and a colour and a shape per state: neither is told by its colour alone. */
final class Marks {
    private Marks() {}

    static String letter(String network) {
        return switch (network) {
            case "mastodon" -> "M";
            case "bluesky" -> "B";
            case "x" -> "X";
            case "telegram" -> "T";
            case "feed" -> "R";
            case "newsletter" -> "@";
            case "rehearsal" -> "↺";
            default -> network.isEmpty() ? "?" : network.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
        };
    }

    static String kind(DeliveryState state) {
        return switch (state) {
            case PUBLISHED -> "good";
            case SCHEDULED, DUE, PREPARING, SENDING, WAITING -> "waiting";
            case UNKNOWN, HELD -> "care";
            case REFUSED, EXHAUSTED -> "wrong";
            case CANCELLED, DELETED -> "quiet";
        };
    }

    static String sign(DeliveryState state) {
        return switch (state) {
            case PUBLISHED -> "✓";
            case SCHEDULED -> "◷";
            case DUE, PREPARING, SENDING, WAITING -> "…";
            case UNKNOWN -> "?";
            case HELD -> "!";
            case REFUSED, EXHAUSTED -> "✕";
            case CANCELLED, DELETED -> "–";
        };
    }
}
