package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.tocsin.mention.rights.ErasureRepository.WrittenBy;
import org.tocsin.network.Channel;

/**
 * Finds all names of an author: those that follow from the one that is given, those that the log has beside it, and those that a network says
 * are his. A name as it is shown is none of them: two people may have the same.
 */
public final class Identities {
    /** Names lead to names; nobody has so many. */
    private static final int MOST = 200;

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
        unitOfWork.read(tx -> {
            beside(tx, branch, names, now);
            return true;
        });
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

    /** Takes in the names that stand in the log beside those that are known, and what stands beside these. */
    private void beside(Tx tx, BranchId branch, Map<String, Subject> names, Instant now) {
        Map<String, String> networks = new HashMap<>();
        Deque<Subject> open = new ArrayDeque<>(names.values());
        while (!open.isEmpty() && names.size() < MOST) {
            Subject known = open.removeFirst();
            for (WrittenBy one : erasures.writtenBy(tx, branch, known, now)) {
                String network = networks.computeIfAbsent(one.sourceId(), id -> network(tx, id));
                if (Subject.keys(one.author(), network, one.sourceId()).contains(known.key())) {
                    Subject.names(one.author(), network).stream()
                            .filter(other -> names.putIfAbsent(other.key(), other) == null)
                            .forEach(open::add);
                }
            }
        }
    }

    private String network(Tx tx, String sourceId) {
        return sources.find(tx, sourceId).map(Source::network).orElse("");
    }
}
