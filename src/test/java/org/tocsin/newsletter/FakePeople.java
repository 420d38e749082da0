package org.tocsin.newsletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.subscriber.LeaveLog;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.Person;
import org.tocsin.subscriber.Subscriber.Reach;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.SubscriberRepository;
import org.tocsin.subscriber.Suppressions;

/** People in memory, the same after each start: what they do is for a test to say. */
public final class FakePeople {
    static final Instant AGREED = Instant.parse("2026-03-03T10:00:00Z");

    private final NavigableMap<String, Subscriber> subscribers = new ConcurrentSkipListMap<>();
    private final Map<String, Suppressions.Entry> suppressed = new ConcurrentHashMap<>();

    /** So many who read mail, with the ids {@code s00000} and on. */
    public static FakePeople byMail(int number) {
        FakePeople people = new FakePeople();
        for (int i = 0; i < number; i++) {
            String id = id(i);
            people.put(subscriber(id, Reach.MAIL, new Person(address(i), null, null), Set.of()));
        }
        return people;
    }

    public static String id(int number) {
        return "s%05d".formatted(number);
    }

    public static String address(int number) {
        return "u%05d@example.org".formatted(number);
    }

    static Subscriber subscriber(String id, Reach reach, Person person, Set<String> topics) {
        return new Subscriber(
                id,
                BranchId.MAIN,
                State.CONFIRMED,
                reach,
                "fr",
                person,
                topics,
                null,
                AGREED,
                AGREED,
                null,
                AGREED,
                null,
                1);
    }

    void put(Subscriber subscriber) {
        subscribers.put(subscriber.id(), subscriber);
    }

    Subscriber get(String id) {
        return Optional.ofNullable(subscribers.get(id)).orElseThrow();
    }

    void erase(String id) {
        subscribers.remove(id);
    }

    void change(String id, UnaryOperator<Subscriber> change) {
        subscribers.computeIfPresent(id, (key, before) -> change.apply(before));
    }

    static UnaryOperator<Subscriber> into(State state) {
        return one -> new Subscriber(
                one.id(),
                one.branch(),
                state,
                one.reach(),
                one.language(),
                one.person(),
                one.topics(),
                one.link(),
                one.createdAt(),
                one.confirmedAt(),
                null,
                one.seenAt(),
                null,
                one.version() + 1);
    }

    Map<String, Suppressions.Entry> suppressed() {
        return Map.copyOf(suppressed);
    }

    void suppress(String address, Suppressions.Reason reason) {
        suppressed.put(address, new Suppressions.Entry(address, reason, AGREED));
    }

    public SubscriberRepository repository() {
        return new Rows();
    }

    public Suppressions suppressions() {
        return new Struck();
    }

    private Stream<Subscriber> in(Segment segment) {
        return subscribers.values().stream()
                .filter(one -> one.state() == State.CONFIRMED)
                .filter(one -> segment.reaches().isEmpty() || segment.reaches().contains(one.reach()))
                .filter(one -> segment.topics().isEmpty()
                        || one.topics().isEmpty()
                        || one.topics().stream().anyMatch(segment.topics()::contains));
    }

    private final class Rows implements SubscriberRepository {
        @Override
        public void insert(Tx tx, Subscriber subscriber) {
            put(subscriber);
        }

        @Override
        public boolean save(Tx tx, Subscriber subscriber) {
            put(subscriber);
            return true;
        }

        @Override
        public Optional<Subscriber> find(Tx tx, BranchId branch, String id) {
            return Optional.ofNullable(subscribers.get(id));
        }

        @Override
        public Optional<Subscriber> find(Tx tx, String id) {
            return Optional.ofNullable(subscribers.get(id));
        }

        @Override
        public Optional<Subscriber> byKey(Tx tx, BranchId branch, String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Subscriber> byAddress(Tx tx, BranchId branch, String address) {
            return Optional.empty();
        }

        @Override
        public Optional<Subscriber> byTelegram(Tx tx, BranchId branch, long telegramId) {
            return Optional.empty();
        }

        @Override
        public List<Subscriber> page(
                Tx tx, BranchId branch, List<State> states, Segment segment, String after, int max) {
            return List.of();
        }

        @Override
        public Map<State, Long> counts(Tx tx, BranchId branch) {
            return Map.of();
        }

        @Override
        public List<String> chosen(Tx tx, BranchId branch, Segment segment, String after, int max) {
            return in(segment)
                    .map(Subscriber::id)
                    .filter(id -> id.compareTo(after) > 0)
                    .limit(max)
                    .toList();
        }

        @Override
        public long count(Tx tx, BranchId branch, Segment segment) {
            return in(segment).count();
        }

        @Override
        public long brought(Tx tx, BranchId branch, Set<String> links) {
            return 0;
        }

        @Override
        public Map<String, Long> broughtBy(Tx tx, BranchId branch, Instant until) {
            return Map.of();
        }

        @Override
        public List<Subscriber> older(Tx tx, State state, Instant before, int max) {
            return List.of();
        }

        @Override
        public List<Subscriber> quiet(Tx tx, Instant before, Instant recently, Set<Subscriber.Reach> reaches, int max) {
            return List.of();
        }

        @Override
        public boolean asking(Tx tx, Subscriber one, Instant at) {
            return true;
        }

        @Override
        public List<Subscriber> asked(Tx tx, Instant before, Set<Subscriber.Reach> reaches, int max) {
            return List.of();
        }

        @Override
        public void delete(Tx tx, String id) {
            erase(id);
        }
    }

    private final class Struck implements Suppressions {
        @Override
        public void add(Tx tx, BranchId branch, String address, Reason reason, Instant now) {
            suppressed.put(address, new Entry(address, reason, now));
        }

        @Override
        public void addKey(Tx tx, BranchId branch, String key, Reason reason, Instant since) {
            suppressed.put(key, new Entry(key, reason, since));
        }

        @Override
        public Optional<Entry> find(Tx tx, BranchId branch, String address) {
            return Optional.ofNullable(suppressed.get(address));
        }

        @Override
        public boolean remove(Tx tx, BranchId branch, String address) {
            return suppressed.remove(address) != null;
        }

        @Override
        public String key(String address) {
            return address;
        }

        @Override
        public List<LeaveLog.Line> all(Tx tx) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean any(Tx tx, BranchId branch, Reason reason) {
            return suppressed.values().stream().anyMatch(entry -> entry.reason() == reason);
        }
    }
}
