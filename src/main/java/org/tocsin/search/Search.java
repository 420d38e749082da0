package org.tocsin.search;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.SourceRepository;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Plan;
import org.tocsin.watch.WatchLanguage;
import org.tocsin.watch.WatchQuery;
import org.tocsin.watch.WordLists;
import org.tocsin.watch.keeping.WatchHitRepository;

/**
 * Searches everything that was heard, in the language of watches. Candidates come from the index; each is verified by the plan that would
 * ring, on the row as it is: what is found is what a watch of these words would match.
 */
public final class Search {
    /** So many hits are counted; more are told as "at least". */
    public static final int MOST_COUNTED = 5_000;
    /** So many candidates are looked at for one page or one count, so that rare words among common ones do not read the whole log. */
    static final int MOST_TRIED = 20_000;

    private static final int AT_ONCE = 250;

    private final UnitOfWork unitOfWork;
    private final MentionIndex index;
    private final Sieve sieve;
    private final AuditTrail audit;
    private final Analysis analysis;
    private final WatchLanguage language;
    private final WordLists lists;
    private final UnaryOperator<String> hash;
    private final ZoneId zone;

    /** @param zone of the days that are counted */
    public Search(
            UnitOfWork unitOfWork,
            MentionIndex index,
            MentionRepository mentions,
            SourceRepository sources,
            WatchHitRepository hits,
            AuditTrail audit,
            Analysis analysis,
            WatchLanguage language,
            WordLists lists,
            UnaryOperator<String> hash,
            ZoneId zone) {
        this.unitOfWork = unitOfWork;
        this.index = index;
        this.sieve = new Sieve(unitOfWork, mentions, sources, hits, analysis);
        this.audit = audit;
        this.analysis = analysis;
        this.language = language;
        this.lists = lists;
        this.hash = hash;
        this.zone = zone;
    }

    /**
     * A page of what was found.
     *
     * @param next    after what the next page begins; null where this is the last
     * @param facets  over all that was counted
     * @param total   how many were counted
     * @param atLeast whether there may be more
     * @param whole   whether the index has the whole log; false while it is being built
     */
    public record Page(
            List<Found> items, @Nullable String next, Facets facets, int total, boolean atLeast, boolean whole) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** @return what there is to say about the words; never an error of ours */
    public CheckedQuery check(Actor actor, Wanted wanted) {
        WatchLanguage own = language.of(actor.branch().value());
        return wanted.bounded() ? own.bounded(wanted.query()) : own.check(wanted.query());
    }

    /**
     * @param next  where the page before ended; empty for the first
     * @param limit how many at most
     * @throws FaultException INVALID where the words cannot be read, or nothing bounds what they leave out
     */
    public Page page(Actor actor, Wanted wanted, String next, int limit) {
        Sieve.Rules rules = rules(actor, wanted);
        Query query = query(rules);
        Map<String, String> types = new HashMap<>();
        List<Found> items = new ArrayList<>();
        Ended page = each(rules, query, Cursor.read(next), types, limit, items::add);
        Facets facets = new Facets();
        Ended count = each(
                rules,
                query,
                null,
                types,
                MOST_COUNTED,
                found -> facets.add(found, types.getOrDefault(found.mention().sourceId(), ""), analysis, zone));
        Cursor reached = page.reached();
        return new Page(
                items,
                page.over() || reached == null ? null : reached.text(),
                facets,
                count.passed(),
                !count.over() || !index.whole(),
                index.whole());
    }

    /**
     * Gives everything that is found, and writes down that it was taken away.
     *
     * @param given called for each, in order
     * @return how many they were
     * @throws FaultException INVALID as for a page, before anything is given
     */
    public int export(Actor actor, Wanted wanted, Consumer<Found> given) {
        Sieve.Rules rules = rules(actor, wanted);
        int rows = 0;
        try {
            Query query = query(rules);
            Map<String, String> types = new HashMap<>();
            Cursor after = null;
            Ended ended;
            do {
                ended = each(rules, query, after, types, Integer.MAX_VALUE, given);
                rows += ended.passed();
                after = ended.reached();
            } while (!ended.over());
            return rows;
        } finally {
            int told = rows;
            unitOfWork.write(Urgency.REQUEST, tx -> {
                audit.add(tx, actor, "mention.export", "", wanted.traced(hash) + " rows=" + told);
                return told;
            });
        }
    }

    /**
     * To be asked before an export, of whose file nobody would see that half is missing.
     *
     * @throws FaultException INVALID where there is something to say against the words; CONFLICT while the index is being built
     */
    public void require(Actor actor, Wanted wanted) {
        rules(actor, wanted);
        if (!index.whole()) {
            throw FaultException.conflict(Message.of("search.export.building"));
        }
    }

    /**
     * How a walk ended.
     *
     * @param over whether there was nothing more
     */
    private record Ended(int passed, @Nullable Cursor reached, boolean over) {}

    private Ended each(
            Sieve.Rules rules,
            Query query,
            @Nullable Cursor after,
            Map<String, String> types,
            int limit,
            Consumer<Found> given) {
        Candidates candidates = new Candidates(index, query, rules.wanted().order() == Wanted.Order.RELEVANCE, after);
        Cursor reached = after;
        int passed = 0;
        int tried = 0;
        while (tried < MOST_TRIED) {
            int size = limit < AT_ONCE ? Math.max(limit + 1, AT_ONCE / 4) : AT_ONCE;
            List<Cursor> some = candidates.next(size);
            Map<String, Found> verified =
                    sieve.pass(rules, some.stream().map(Cursor::id).toList(), types);
            for (Cursor one : some) {
                Found found = verified.get(one.id());
                if (found != null && passed == limit) {
                    return new Ended(passed, reached, false);
                }
                if (found != null) {
                    given.accept(found);
                    passed++;
                }
                reached = one;
                tried++;
            }
            if (some.size() < size) {
                return new Ended(passed, reached, true);
            }
        }
        return new Ended(passed, reached, false);
    }

    private Sieve.Rules rules(Actor actor, Wanted wanted) {
        return new Sieve.Rules(actor.branch(), wanted, words(actor, wanted), bounds(wanted));
    }

    private @Nullable Plan words(Actor actor, Wanted wanted) {
        if (wanted.query().isBlank()) {
            return null;
        }
        CheckedQuery checked = check(actor, wanted);
        WatchQuery query = checked.query();
        if (query == null || !checked.valid()) {
            throw new FaultException(
                    Kind.INVALID,
                    checked.findings().stream()
                            .filter(Finding::error)
                            .map(finding -> Fault.at("/q", finding.message()))
                            .toList());
        }
        return Plan.of(query, analysis, lists.of(actor.branch().value()));
    }

    /** Bounds are compared as the same clause of a watch is. */
    private @Nullable Plan bounds(Wanted wanted) {
        List<WatchQuery> all = new ArrayList<>();
        if (wanted.network() != null) {
            all.add(scoped(WatchQuery.Field.SOURCE, wanted.network()));
        }
        if (wanted.source() != null) {
            all.add(scoped(WatchQuery.Field.SOURCE, wanted.source()));
        }
        if (wanted.language() != null) {
            all.add(scoped(WatchQuery.Field.LANG, wanted.language()));
        }
        if (wanted.tag() != null) {
            all.add(new WatchQuery.Tag(wanted.tag().replaceFirst("^#", ""), false));
        }
        return switch (all.size()) {
            case 0 -> null;
            case 1 -> Plan.of(all.getFirst(), analysis, lists);
            default -> Plan.of(new WatchQuery.And(all), analysis, lists);
        };
    }

    private static WatchQuery scoped(WatchQuery.Field field, String value) {
        return new WatchQuery.Scoped(field, new WatchQuery.Phrase(value, 0, false));
    }

    private static Query query(Sieve.Rules rules) {
        Wanted wanted = rules.wanted();
        List<Term> terms = new ArrayList<>();
        if (wanted.kind() != null) {
            terms.add(new Term(Fields.KIND, wanted.kind().name()));
        }
        if (wanted.watch() != null) {
            terms.add(new Term(Fields.WATCH, wanted.watch()));
        }
        Plan words = rules.words();
        Plan bounds = rules.bounds();
        Query query = words == null ? MatchAllDocsQuery.INSTANCE : Queries.of(words.need());
        List<Query> filters = bounds == null ? List.of() : List.of(Queries.of(bounds.need()));
        return Queries.within(query, rules.branch(), wanted.from(), wanted.to(), terms, filters);
    }
}
