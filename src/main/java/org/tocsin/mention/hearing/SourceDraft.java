package org.tocsin.mention.hearing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceType;
import org.tocsin.network.Channel;

/**
 * What a person has said of a new source, once it is right.
 *
 * @param ceiling millionths of a US dollar a month
 */
record SourceDraft(
        @Nullable Channel channel,
        @Nullable String query,
        @Nullable Long ceiling) {
    static final SourceDraft NOTHING = new SourceDraft(null, null, null);

    /** The longest that any of the networks takes: {@code query} of X's recent search, 512 characters. */
    static final int MAX_QUERY = 512;

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);
    /** More than anybody means; it keeps the sums far from their end. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    private static final String CEILING = "/settings/ceiling";
    private static final String QUERY = "/settings/query";

    /**
     * @param find the channels that the person may use
     * @throws FaultException INVALID with every field that is wrong
     */
    static SourceDraft of(SourceType type, Sources.Wanted wanted, Function<String, Optional<Channel>> find) {
        List<Fault> faults = new ArrayList<>();
        SourceType.Form form = type.form();
        unwanted(faults, type, "/url", !form.url() && some(wanted.url()));
        unwanted(faults, type, "/channelId", !form.channel() && some(wanted.channelId()));
        unwanted(faults, type, QUERY, !form.query() && some(wanted.query()));
        unwanted(faults, type, CEILING, !form.paid() && wanted.ceiling() != null);
        Channel channel = form.channel() ? channel(faults, type, wanted.channelId(), find) : null;
        String query = form.query() ? query(faults, type, wanted.query()) : null;
        Long ceiling = form.paid() ? dollars(faults, wanted.ceiling()) : null;
        if (!faults.isEmpty()) {
            throw new FaultException(FaultException.Kind.INVALID, faults);
        }
        return new SourceDraft(channel, query, ceiling);
    }

    private static boolean some(@Nullable String written) {
        return written != null && !written.isBlank();
    }

    private static void unwanted(List<Fault> faults, SourceType type, String pointer, boolean given) {
        if (given) {
            faults.add(Fault.at(pointer, Message.of("heard.source.unwanted", "type", type.type())));
        }
    }

    private static @Nullable Channel channel(
            List<Fault> faults, SourceType type, @Nullable String id, Function<String, Optional<Channel>> find) {
        if (id == null || id.isBlank()) {
            faults.add(Fault.at("/channelId", Message.of("heard.source.channel", "network", type.network())));
            return null;
        }
        Optional<Channel> channel = find.apply(id).filter(one -> one.network().equals(type.network()));
        if (channel.isEmpty()) {
            faults.add(Fault.at(
                    "/channelId", Message.of("heard.source.channel.other", "value", id, "network", type.network())));
        }
        return channel.orElse(null);
    }

    private static @Nullable String query(List<Fault> faults, SourceType type, @Nullable String written) {
        if (written == null || written.isBlank()) {
            faults.add(Fault.at(QUERY, Message.of("heard.source.query", "type", type.type())));
            return null;
        }
        if (written.length() > MAX_QUERY) {
            Message tooLong = Message.of("heard.source.query.long", "limit", MAX_QUERY);
            faults.add(new Fault(QUERY, tooLong, (long) MAX_QUERY, (long) written.length()));
            return null;
        }
        Optional<String> query = type.query(written);
        if (query.isEmpty()) {
            faults.add(Fault.at(QUERY, Message.of("heard.source.query.wrong", "value", written.strip())));
        }
        return query.orElse(null);
    }

    private static @Nullable Long dollars(List<Fault> faults, @Nullable BigDecimal dollars) {
        if (dollars == null || dollars.signum() <= 0 || dollars.compareTo(MOST) > 0) {
            faults.add(Fault.at(CEILING, Message.of("heard.source.ceiling")));
            return null;
        }
        return dollars.multiply(MICRO).longValue();
    }

    /** @throws FaultException INVALID where it is no ceiling, or the type asks for none */
    static Long ceiling(@Nullable SourceType type, BigDecimal dollars) {
        List<Fault> faults = new ArrayList<>();
        if (type != null) {
            unwanted(faults, type, CEILING, !type.form().paid());
        }
        Long ceiling = dollars(faults, dollars);
        if (ceiling == null || !faults.isEmpty()) {
            throw new FaultException(FaultException.Kind.INVALID, faults);
        }
        return ceiling;
    }

    /** @return what it is called where nobody says: after the channel and what is listened for */
    String name(@Nullable String url) {
        return Stream.of(channel == null ? "" : channel.name(), query == null ? "" : query, url == null ? "" : url)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** @return what is listened to, in a line of the audit trail */
    static String said(Source source) {
        return Stream.of(source.type(), source.url(), source.channelId(), source.query())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}
