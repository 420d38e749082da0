package org.tocsin.mention.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Milestones;
import org.tocsin.mention.Source;

/**
 * The log of mentions, which takes nothing in from who objects and nothing back that was erased, from whatever source it comes. Of such an
 * item, and of what has expired or was deleted at its source, there is a row without words under a hash of its native id, so that it is known
 * when its source shows it again.
 */
public final class RespectedMentions implements MentionRepository {
    private static final int AT_ONCE = 500;

    private final MentionRepository log;
    private final ErasureRepository erasures;
    private final KeyedHash hash;

    /** @param log where everything else goes */
    public RespectedMentions(MentionRepository log, ErasureRepository erasures, KeyedHash hash) {
        this.log = log;
        this.erasures = erasures;
        this.hash = hash;
    }

    /** @return what the native id of a mention becomes that was erased */
    static String erased(KeyedHash hash, String sourceId, String nativeId) {
        return CONCEALED + hash.of("native\n" + sourceId + "\n" + nativeId);
    }

    @Override
    public Added add(Tx tx, Source source, List<HeardItem> items, Instant now, boolean history, Milestones milestones) {
        boolean objections = erasures.any(tx);
        boolean concealed = log.concealed(tx, source.id());
        if (!objections && !concealed) {
            return log.add(tx, source, items, now, history, milestones);
        }
        Map<HeardItem, List<String>> keys = new LinkedHashMap<>();
        Map<HeardItem, String> names = new LinkedHashMap<>();
        for (HeardItem item : items) {
            if (objections) {
                keys.put(
                        item,
                        Subject.keys(item.author(), source.network(), source.id()).stream()
                                .map(hash::of)
                                .toList());
            }
            names.put(item, erased(hash, source.id(), item.nativeId()));
        }
        Set<String> gone = concealed ? log.known(tx, source.id(), List.copyOf(names.values())) : Set.of();
        Set<String> objecting = objections ? objecting(tx, source.branch(), keys.values()) : Set.of();
        List<HeardItem> kept = new ArrayList<>();
        int same = 0;
        for (HeardItem item : items) {
            String name = names.getOrDefault(item, "");
            if (gone.contains(name)) {
                same++;
            } else if (keys.getOrDefault(item, List.of()).stream().anyMatch(objecting::contains)) {
                empty(tx, source, item, name, now);
                same++;
            } else {
                kept.add(item);
            }
        }
        Added added = log.add(tx, source, kept, now, history, milestones);
        return new Added(added.added(), added.changed(), added.same() + same);
    }

    private Set<String> objecting(Tx tx, BranchId branch, Collection<List<String>> keys) {
        List<String> all = keys.stream().flatMap(List::stream).distinct().toList();
        Set<String> objecting = new HashSet<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            objecting.addAll(erasures.objecting(tx, branch, all.subList(from, Math.min(all.size(), from + AT_ONCE))));
        }
        return objecting;
    }

    private void empty(Tx tx, Source source, HeardItem item, String name, Instant now) {
        Optional<Mention> before = log.of(tx, source.id(), item.nativeId());
        if (before.isPresent()) {
            erasures.erase(tx, Map.of(before.get().id(), name), now);
        } else {
            log.add(tx, source, List.of(nothing(item, name)), now, true);
            log.delete(tx, source, List.of(name), now);
        }
    }

    private static HeardItem nothing(HeardItem item, String name) {
        return new HeardItem(
                name,
                item.kind(),
                Author.unknown(),
                null,
                "",
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                Counts.unknown());
    }

    @Override
    public int delete(Tx tx, Source source, List<String> nativeIds, Instant now) {
        int gone = log.delete(tx, source, nativeIds, now);
        conceal(tx, gone);
        return gone;
    }

    @Override
    public int deleteOf(Tx tx, BranchId branch, Collection<String> profiles, Instant now, int max) {
        int gone = log.deleteOf(tx, branch, profiles, now, max);
        conceal(tx, gone);
        return gone;
    }

    private int conceal(Tx tx, int max) {
        return max == 0 ? 0 : log.conceal(tx, max, (source, id) -> erased(hash, source, id));
    }

    @Override
    public boolean concealed(Tx tx, String sourceId) {
        return log.concealed(tx, sourceId);
    }

    @Override
    public int conceal(Tx tx, int max, BinaryOperator<String> name) {
        return log.conceal(tx, max, name);
    }

    @Override
    public Set<String> known(Tx tx, String sourceId, List<String> nativeIds) {
        Set<String> known = new HashSet<>(log.known(tx, sourceId, nativeIds));
        if (log.concealed(tx, sourceId)) {
            Map<String, String> names = nativeIds.stream()
                    .filter(id -> !known.contains(id))
                    .distinct()
                    .collect(Collectors.toMap(id -> erased(hash, sourceId, id), id -> id));
            log.known(tx, sourceId, List.copyOf(names.keySet()))
                    .forEach(name -> known.add(names.getOrDefault(name, name)));
        }
        return known;
    }

    @Override
    public Optional<Mention> of(Tx tx, String sourceId, String nativeId) {
        return log.of(tx, sourceId, nativeId).or(() -> log.of(tx, sourceId, erased(hash, sourceId, nativeId)));
    }

    @Override
    public List<Mention> after(Tx tx, long changeSeq, int max) {
        return log.after(tx, changeSeq, max);
    }

    @Override
    public Set<String> unchanged(Tx tx, Collection<Mention> read) {
        return log.unchanged(tx, read);
    }

    @Override
    public Optional<Mention> find(Tx tx, BranchId branch, String id) {
        return log.find(tx, branch, id);
    }

    @Override
    public List<Mention> found(Tx tx, BranchId branch, Collection<String> ids) {
        return log.found(tx, branch, ids);
    }

    @Override
    public List<Mention> all(Tx tx, Collection<String> ids) {
        return log.all(tx, ids);
    }

    @Override
    public long newest(Tx tx) {
        return log.newest(tx);
    }

    @Override
    public List<Mention> page(Tx tx, BranchId branch, @Nullable String sourceId, String after, int max) {
        return log.page(tx, branch, sourceId, after, max);
    }

    @Override
    public int expire(Tx tx, Instant before, Instant now, int max) {
        // With what an older version has emptied, and left its name.
        return Math.max(log.expire(tx, before, now, max), conceal(tx, max));
    }

    @Override
    public long seen(Tx tx, String reader) {
        return log.seen(tx, reader);
    }

    @Override
    public boolean advance(Tx tx, String reader, long from, long to) {
        return log.advance(tx, reader, from, to);
    }
}
