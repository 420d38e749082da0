package org.tocsin.recipient;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;

/**
 * A way by which a recipient is reached.
 *
 * @param settings by the names of its {@link WayKind}; all of them are there
 * @param secrets  likewise
 */
public record Way(
        String id,
        String recipientId,
        WayKind kind,
        Map<String, String> settings,
        Map<String, Secret> secrets,
        Instant createdAt,
        Health health) {
    /**
     * How it went.
     *
     * @param lastSuccessAt null where nothing was taken yet
     * @param lastFailureAt null where everything was
     * @param failure       why it does not work now; null while it does
     */
    public record Health(
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastFailureAt,
            @Nullable Message failure) {
        /** Of a way that was not used yet. */
        public static final Health UNTRIED = new Health(null, null, null);
    }

    public Way {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** @return the same way with other settings */
    public Way at(Map<String, String> other) {
        return new Way(id, recipientId, kind, other, secrets, createdAt, health);
    }

    /** @return a setting; empty where there is none */
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    /** @return a secret in clear; empty where there is none */
    public String secret(String name) {
        Secret secret = secrets.get(name);
        return secret == null ? "" : secret.reveal();
    }
}
