package org.tocsin.app;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.base.BranchId;
import org.tocsin.http.HttpClient;
import org.tocsin.http.HttpFailure;
import org.tocsin.http.HttpRequest;
import org.tocsin.http.HttpResult;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.CardPictures;
import org.tocsin.network.Channel;
import org.tocsin.network.Draft;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.OfflineRules;
import org.tocsin.network.SessionStore;
import org.tocsin.network.bluesky.BlueskyNetwork;
import org.tocsin.network.mastodon.MastodonNetwork;
import org.tocsin.network.telegram.TelegramNetwork;
import org.tocsin.network.x.XNetwork;
import org.tocsin.post.TextSize;

/** The rules of the networks for rehearsals: the real adapters, over a way out that leads nowhere, so that they fall back to what they know. */
final class RehearsedRules {
    private RehearsedRules() {}

    /** @return the rules of a network by its id */
    static Function<String, Optional<OfflineRules>> of(SessionStore sessions, Clock clock) {
        HttpClient nowhere = new Nowhere();
        RetryAfter retryAfter = new RetryAfter(clock);
        Map<String, OfflineRules> rules = List.<Network>of(
                        new MastodonNetwork(nowhere, clock),
                        new BlueskyNetwork(nowhere, sessions, CardPictures.NONE, clock),
                        new TelegramNetwork(nowhere, retryAfter, clock),
                        new XNetwork(nowhere, retryAfter, clock))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Network::id, Rules::new));
        return id -> Optional.ofNullable(rules.get(id));
    }

    /** Answers for one network, of a channel that does not exist. */
    private record Rules(Network network) implements OfflineRules {
        private Channel nobody() {
            return new Channel(
                    "rehearsal",
                    BranchId.MAIN,
                    "rehearsal",
                    network.id(),
                    Map.of("baseUrl", "https://rehearsal.invalid"),
                    Map.of(),
                    Instant.EPOCH);
        }

        @Override
        public Limits limits() {
            return network.limits(nobody());
        }

        @Override
        public TextSize measure(Draft draft) {
            return network.measure(nobody(), draft);
        }

        @Override
        public String shown(Draft draft) {
            return network.shown(nobody(), draft);
        }

        @Override
        public boolean edits() {
            return network.editing(nobody()).isPresent();
        }

        @Override
        public boolean takesLinkCard() {
            return network.takesLinkCard(nobody());
        }
    }

    /** Nothing leaves the machine. */
    private static final class Nowhere implements HttpClient {
        @Override
        public HttpResult send(HttpRequest request) {
            return new HttpResult.NotSent(new HttpFailure(HttpFailure.Kind.NOT_CONNECTED, "rehearsal"));
        }

        @Override
        public HttpResult read(HttpRequest request, int maxBytes) {
            return send(request);
        }
    }
}
