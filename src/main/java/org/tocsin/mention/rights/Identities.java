package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.mention.Author;
import org.tocsin.mention.AuthorLookup;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.mention.rights.ErasureRepository.Written;
import org.tocsin.network.Channel;

/**
 * Finds all names of an author: those that follow from the one that is given, those that the log has beside it, and those that a network says
 * are his. A name as it is shown is none of them: two people may have the same.
 */
public final class Identities {
    private static final int LOOKED_AT = 1_000;
    /** Names lead to names; nobody has so many that more rounds find any. */
    private static final int ROUNDS = 4;

    private final UnitOfWork unitOfWork;
    private final ErasureRepository erasures;
    private final SourceRepository sources;
    private final ChannelRepository channels;
    private final List<AuthorLookup> lookups;

    /** @param lookups at most one of each network */
    public Identities(
            UnitOfWork unitOfWork,
            ErasureRepository erasures,
            SourceRepository sources,
            ChannelRepository channels,
            List<AuthorLookup> lookups) {
        this.unitOfWork = unitOfWork;
        this.erasures = erasures;
        this.sources = sources;
        this.channels = channels;
        this.lookups = List.copyOf(lookups);
    }

    /**
     * Who is meant.
     *
     * @param names   all that are his, the one that was given first
     * @param remarks what could not be found out
     */
    record Known(List<Subject> names, List<Message> remarks) {
        List<String> keys() {
            return names.stream().map(Subject::key).toList();
        }
    }

    /** @param now what was heard later says nothing */
    Known of(BranchId branch, Subject given, Instant now) {
        Map<String, Subject> names = new LinkedHashMap<>();
        List<Message> remarks = new ArrayList<>();
        names.put(given.key(), given);
        if (given.sort() == Subject.Sort.NAME) {
            // Two people may be shown by it: what stands beside it is not his for sure.
            return new Known(List.of(given), remarks);
        }
        given.derived().forEach(one -> names.putIfAbsent(one.key(), one));
        lookups.forEach(lookup -> ask(branch, lookup, given, names, remarks));
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            more = read(branch, names, now);
        }
        return new Known(List.copyOf(names.values()), remarks);
    }

    private void ask(
            BranchId branch, AuthorLookup lookup, Subject given, Map<String, Subject> names, List<Message> remarks) {
        boolean elsewhere = given.sort() == Subject.Sort.HANDLE
                && !given.within().isEmpty()
                && !given.within().equals(lookup.network());
        if (elsewhere || !unitOfWork.read(tx -> isHeard(tx, branch, lookup.network()))) {
            return;
        }
        Channel channel = unitOfWork.read(tx -> channel(tx, branch, lookup.network()));
        switch (lookup.ask(given.value(), channel)) {
            case AuthorLookup.Other _ -> {}
            case AuthorLookup.Untold(Message why) -> remarks.add(why);
            case AuthorLookup.Same(List<Author> his) ->
                his.stream()
                        .flatMap(author -> Subject.names(author, lookup.network()).stream())
                        .forEach(one -> names.putIfAbsent(one.key(), one));
        }
    }

    private boolean isHeard(Tx tx, BranchId branch, String network) {
        return sources.all(tx, branch).stream().map(Source::network).anyMatch(network::equals);
    }

    private @Nullable Channel channel(Tx tx, BranchId branch, String network) {
        return channels.all(tx, branch).stream()
                .filter(channel -> channel.network().equals(network))
                .findFirst()
                .orElse(null);
    }

    /** Takes in the names that stand in the log beside one that is known. @return whether there were any */
    private boolean read(BranchId branch, Map<String, Subject> names, Instant now) {
        int before = names.size();
        Map<String, String> networks = new HashMap<>();
        String after = "";
        List<Written> page;
        do {
            String from = after;
            page = unitOfWork.read(tx -> {
                List<Written> some = erasures.written(tx, branch, from, now, LOOKED_AT);
                some.forEach(one -> networks.computeIfAbsent(
                        one.sourceId(),
                        id -> sources.find(tx, id).map(Source::network).orElse("")));
                return some;
            });
            for (Written one : page) {
                String network = networks.getOrDefault(one.sourceId(), "");
                if (Subject.keys(one.author(), network, one.sourceId()).stream().anyMatch(names::containsKey)) {
                    Subject.names(one.author(), network).forEach(other -> names.putIfAbsent(other.key(), other));
                }
            }
            after = page.isEmpty() ? after : page.getLast().mentionId();
        } while (page.size() == LOOKED_AT);
        return names.size() > before;
    }
}
