package org.tocsin.web.desk;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.SourceType;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.network.Channel;

/** The forms by which people add sources. */
final class NewSources {
    private NewSources() {}

    /** @return those that can be filled in: of types without an address, where there is a channel to read by */
    static List<NewSource> of(Visit visit, List<SourceType> types, List<Channel> channels) {
        return types.stream()
                .filter(type -> !type.form().url())
                .flatMap(type -> one(visit, type, channels).stream())
                .toList();
    }

    private static Optional<NewSource> one(Visit visit, SourceType type, List<Channel> channels) {
        Map<String, String> readers = new LinkedHashMap<>();
        if (type.form().channel()) {
            channels.stream()
                    .filter(channel -> channel.network().equals(type.network()))
                    .forEach(channel -> readers.put(channel.id(), channel.name()));
            if (readers.isEmpty()) {
                return Optional.empty();
            }
        }
        String code = "heard.type." + type.type();
        return Optional.of(new NewSource(
                type.type(),
                visit.t(code),
                visit.t(code + ".how"),
                readers,
                type.form().query() ? visit.t(code + ".query") : "",
                type.form().paid()));
    }

    /** @throws FaultException INVALID where the ceiling is no number */
    static Sources.Wanted wanted(Form form) {
        return new Sources.Wanted(
                form.some("type").orElse(null),
                form.some("url").orElse(null),
                form.some("channelId").orElse(null),
                form.some("query").orElse(null),
                dollars(form),
                form.some("name").orElse(null));
    }

    private static @Nullable BigDecimal dollars(Form form) {
        String typed = form.some("ceiling").orElse("").replace(',', '.');
        if (typed.isEmpty()) {
            return null;
        }
        if (!typed.matches("\\d{1,9}(?:\\.\\d{1,6})?")) {
            throw FaultException.invalid("/settings/ceiling", Message.of("heard.source.ceiling"));
        }
        return new BigDecimal(typed);
    }
}
