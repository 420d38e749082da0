package org.tocsin.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** The version of a thing as its asker saw it, in the query of a deletion. */
final class SeenVersion {
    private SeenVersion() {}

    /**
     * @return null where any version will do
     * @throws FaultException INVALID where it is no number
     */
    static @Nullable Long of(Request request) {
        Optional<String> version = request.query("version");
        if (version.isPresent() && !version.get().matches("\\d{1,18}")) {
            throw FaultException.invalid("/version", Message.of("web.version.number", "value", version.get()));
        }
        return version.map(Long::valueOf).orElse(null);
    }
}
