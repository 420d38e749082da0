package org.tocsin.network.x;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.network.Channel;
import org.tocsin.network.ServerAddress;

/**
 * Where and as whom a channel is called.
 *
 * @param base              origin of the API
 * @param consumerKey       of the app
 * @param consumerSecret    of the app
 * @param accessToken       of the user in the app; empty while connecting
 * @param accessTokenSecret of the user in the app; empty while connecting
 */
record XAccess(URI base, Secret consumerKey, Secret consumerSecret, Secret accessToken, Secret accessTokenSecret) {
    static final String BASE = "https://api.x.com";
    static final String BASE_SETTING = "baseUrl";
    static final String CEILING_SETTING = "monthlyCeilingUsd";
    static final String CONSUMER_KEY = "consumerKey";
    static final String CONSUMER_SECRET = "consumerSecret";
    static final String ACCESS_TOKEN = "accessToken";
    static final String ACCESS_TOKEN_SECRET = "accessTokenSecret";

    private static final List<String> SECRETS =
            List.of(CONSUMER_KEY, CONSUMER_SECRET, ACCESS_TOKEN, ACCESS_TOKEN_SECRET);

    /** @return what is missing or malformed */
    static List<Fault> faults(Channel channel) {
        List<Fault> faults = new ArrayList<>();
        for (String name : SECRETS) {
            if (channel.secret(name).isEmpty()) {
                faults.add(Fault.at("/secrets/" + name, Message.of("network.secret.missing", "name", name)));
            }
        }
        baseFault(channel).ifPresent(faults::add);
        List<String> amounts = new ArrayList<>(XPrices.settings());
        amounts.add(CEILING_SETTING);
        for (String name : amounts) {
            channel.setting(name)
                    .filter(value -> dollars(value).isEmpty())
                    .ifPresent(value -> faults.add(Fault.at(
                            "/settings/" + name, Message.of("x.dollars.malformed", "name", name, "value", value))));
        }
        return List.copyOf(faults);
    }

    static Optional<Fault> baseFault(Channel channel) {
        String base = channel.setting(BASE_SETTING).orElse(BASE);
        return origin(base).isPresent()
                ? Optional.empty()
                : Optional.of(Fault.at("/settings/baseUrl", Message.of("network.address.malformed", "value", base)));
    }

    /** Secrets that are missing are empty: the network refuses them. */
    static XAccess of(Channel channel) {
        Secret none = Secret.of("");
        return new XAccess(
                origin(channel.setting(BASE_SETTING).orElse(BASE))
                        .orElseThrow(
                                () -> new IllegalStateException("channel " + channel.id() + " has no usable address")),
                channel.secret(CONSUMER_KEY).orElse(none),
                channel.secret(CONSUMER_SECRET).orElse(none),
                channel.secret(ACCESS_TOKEN).orElse(none),
                channel.secret(ACCESS_TOKEN_SECRET).orElse(none));
    }

    /** @return an amount of dollars, 0 to 1,000,000 with at most six decimals */
    static Optional<BigDecimal> dollars(String text) {
        return text.strip().matches("[0-9]{1,6}(\\.[0-9]{1,6})?")
                ? Optional.of(new BigDecimal(text.strip()))
                : Optional.empty();
    }

    private static Optional<URI> origin(String text) {
        return ServerAddress.read(text).map(URI::create);
    }
}
