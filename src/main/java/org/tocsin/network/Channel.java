package org.tocsin.network;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;

/**
 * One credentialed account, page or chat on a network.
 *
 * @param id        stable, chosen by the person or made from the name; lower case letters, digits and hyphens
 * @param branch    the owner
 * @param name      for people
 * @param network   the adapter's id
 * @param settings  what is not secret: {@code baseUrl}, {@code chatId}, {@code requireAlt} …
 * @param secrets   in clear, in memory only
 * @param createdAt when it was connected
 */
public record Channel(
        String id,
        BranchId branch,
        String name,
        String network,
        Map<String, String> settings,
        Map<String, Secret> secrets,
        Instant createdAt) {
    /** The setting that says until when the credentials last, an ISO-8601 instant; made when a channel is connected. */
    public static final String EXPIRES_SETTING = "tokenExpiresAt";

    /** The setting that says since when the channel is another account than before, an ISO-8601 instant; made by a reconnection. */
    public static final String ACCOUNT_SINCE_SETTING = "accountSince";

    public Channel {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** @return a setting, empty when it is absent or blank */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key)).filter(value -> !value.isBlank());
    }

    /** @return a secret, empty when it is absent or blank */
    public Optional<Secret> secret(String key) {
        return Optional.ofNullable(secrets.get(key))
                .filter(secret -> !secret.reveal().isBlank());
    }
}
