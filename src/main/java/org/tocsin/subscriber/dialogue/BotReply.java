package org.tocsin.subscriber.dialogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A call to the Bot API that waits to be made. It is made once: what is lost by a crash is asked for again by pressing again.
 *
 * @param chatId where it goes
 * @param method of the Bot API
 * @param body   its parameters, as JSON
 * @param file   id of the subscriber whose data is sent along; null for none
 * @param asks   id of the subscriber who is asked by it whether he still wants letters; null for none
 */
public record BotReply(
        String id,
        BranchId branch,
        long chatId,
        String method,
        String body,
        @Nullable String file,
        @Nullable String asks,
        int attempts,
        Instant nextAt) {}
