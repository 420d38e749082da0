package org.tocsin.subscriber;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * Something one can choose to be written about.
 *
 * @param retiredAt since when nobody can choose it any more; null while one can
 */
public record Topic(
        String id,
        BranchId branch,
        String nameEn,
        String nameFr,
        Instant createdAt,
        @Nullable Instant retiredAt) {
    /** @return its name in that language; in the other where it has none */
    public String name(String language) {
        String wanted = language.equals("fr") ? nameFr : nameEn;
        return wanted.isBlank() ? nameFr + nameEn : wanted;
    }
}
