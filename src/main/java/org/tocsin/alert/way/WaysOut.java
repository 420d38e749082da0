package org.tocsin.alert.way;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.http.HttpClient;
import org.tocsin.recipient.WayKind;

/** All ways that go over HTTP. */
public final class WaysOut {
    private WaysOut() {}

    /**
     * @param bots the server and token of the bot of a Telegram channel, by the channel's id; empty where it has none
     */
    public static Map<WayKind, WayOut> of(HttpClient http, Clock clock, Function<String, Optional<TelegramBot>> bots) {
        Answers answers = new Answers(clock);
        Bodies bodies = new Bodies();
        Map<WayKind, WayOut> all = new EnumMap<>(WayKind.class);
        all.put(WayKind.SLACK, new SlackWay(http, answers, bodies));
        all.put(WayKind.DISCORD, new DiscordWay(http, answers, bodies));
        all.put(WayKind.MATRIX, new MatrixWay(http, answers, bodies));
        all.put(WayKind.TELEGRAM, new TelegramWay(http, answers, bodies, bots));
        all.put(WayKind.WEBHOOK, new WebhookWay(http, answers, bodies, clock));
        return all;
    }
}
