package org.tocsin.recipient;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** What the settings and secrets of ways look like. */
final class WayRules {
    private static final int MOST_VALUE = 2000;
    /** Less than RFC 5321 allows: no quoted local part, no address literal, nothing that could end a header. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private static final Pattern ROOM = Pattern.compile("![^\\s/?#]{1,254}");
    private static final Pattern CHAT = Pattern.compile("-?[1-9][0-9]{0,18}");

    private WayRules() {}

    /** @throws FaultException INVALID where there is no such sort */
    static WayKind kind(@Nullable String kind) {
        try {
            return WayKind.valueOf(kind == null ? "" : kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw FaultException.invalid("/kind", Message.of("alerting.way.kind", "value", kind));
        }
    }

    /** @return what is wrong with a value; a secret is never quoted */
    static Optional<Fault> fault(String name, String value, boolean secret) {
        if (value.isEmpty()) {
            return Optional.of(Fault.at("/" + name, Message.of("alerting.way.missing", "name", name)));
        }
        boolean right = value.length() <= MOST_VALUE
                && switch (name) {
                    case "address" ->
                        value.length() <= 254 && ADDRESS.matcher(value).matches();
                    case "url", "homeserver" -> web(value);
                    case "room" -> ROOM.matcher(value).matches();
                    case "chatId" -> CHAT.matcher(value).matches();
                    case "secret" -> value.length() >= 16;
                    default -> value.chars().noneMatch(one -> one <= ' ' || one == 0x7F);
                };
        if (right) {
            return Optional.empty();
        }
        return Optional.of(
                Fault.at("/" + name, secret ? Message.of("alerting.way.secret", "name", name) : said(name, value)));
    }

    private static Message said(String name, String value) {
        return switch (name) {
            case "address" -> Message.of("alerting.way.address", "value", value);
            case "homeserver" -> Message.of("alerting.way.homeserver", "value", value);
            case "room" -> Message.of("alerting.way.room", "value", value);
            case "chatId" -> Message.of("alerting.way.chat", "value", value);
            case "channel" -> Message.of("alerting.way.channel", "value", value);
            default -> Message.of("alerting.way.url", "value", value);
        };
    }

    private static boolean web(String value) {
        try {
            URI uri = new URI(value);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
