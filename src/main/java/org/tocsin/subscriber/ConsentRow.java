package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * A row of the register.
 *
 * @param seq          from 1, without gaps in a branch
 * @param subscriberId null once the person was erased
 * @param textId       of the text that was shown; null for none
 * @param salt         32 random bytes in hexadecimal; null once the person was erased, or where the row cannot be read
 * @param consent      what it says; null likewise
 * @param commitment   SHA-256 of salt and words
 * @param hash         SHA-256 of the hash before it and of this row
 */
public record ConsentRow(
        BranchId branch,
        long seq,
        Instant at,
        @Nullable String subscriberId,
        @Nullable String textId,
        @Nullable String salt,
        @Nullable Consent consent,
        String commitment,
        String hash) {}
