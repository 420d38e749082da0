package org.tocsin.mention;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Seen;

/** A network on which people talk. A subclass speaks its API; every request that reads can be scripted by {@link #nextReads}. */
public abstract class HeardServer extends FakeServer {
    private final List<Said> said = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong(100);

    protected HeardServer(Clock clock) throws IOException {
        super(clock);
    }

    /** What somebody said, in the order in which it was. */
    public record Said(long number, String text, Instant at, boolean edited) {}

    /** Somebody says something; its number grows. */
    public final long say(String text) {
        long number = numbers.incrementAndGet();
        said.add(new Said(number, text, now(), false));
        return number;
    }

    /** Gives it other words. */
    public void edit(long number, String text) {
        said.replaceAll(one -> one.number() == number ? new Said(number, text, one.at(), true) : one);
    }

    /** Takes it back. */
    public void takeBack(long number) {
        said.removeIf(one -> one.number() == number);
    }

    /** What there is, oldest first. */
    protected final List<Said> said() {
        return List.copyOf(said);
    }

    /** What there is, newest first. */
    protected final List<Said> newest() {
        List<Said> all = said();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(all.size() - 1 - i))
                .toList();
    }

    @Override
    protected Kind kind(Seen request) {
        return Kind.READ;
    }

    @Override
    public String key(Seen create) {
        return "";
    }

    @Override
    public Effect plant(String text, Instant at) {
        throw new UnsupportedOperationException("nothing is published here");
    }
}
