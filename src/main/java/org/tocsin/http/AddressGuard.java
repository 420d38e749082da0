package org.tocsin.http;

import static org.tocsin.http.HttpFailure.Kind.ADDRESS_REFUSED;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tocsin.base.Message;

/**
 * Keeps requests away from the daemon's own network: URLs come from people, feeds and redirects, and none may reach a private, loopback
 * or otherwise special address (server-side request forgery). A name is looked up once, all its addresses must be public, and the
 * connection goes to one of those: a second answer of a hostile name server comes too late.
 *
 * <p>Exact pairs in {@code tocsin.http.allow} are exempt from the rules of addresses and ports, from no other.
 */
public final class AddressGuard {
    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_ADDRESSES = 8;

    private final Set<Peer> allowed;
    private final NameLookup names;
    private final Duration lookupLimit;

    /** @param allowed the value of {@code tocsin.http.allow}, read by {@link Peer#parseAll} */
    public AddressGuard(Set<Peer> allowed) {
        this(allowed, NameLookup.system());
    }

    /**
     * @param allowed pairs that are exempt from the rules of addresses and ports
     * @param names   finds addresses
     */
    public AddressGuard(Set<Peer> allowed, NameLookup names) {
        this(allowed, names, LOOKUP_LIMIT);
    }

    AddressGuard(Set<Peer> allowed, NameLookup names, Duration lookupLimit) {
        this.allowed = Set.copyOf(allowed);
        this.names = names;
        this.lookupLimit = lookupLimit;
    }

    /**
     * Judges a base URL that a person enters. It looks the name up, so it may block for five seconds.
     *
     * @return why it will never be called, and the remedy; empty where it may be
     */
    public Optional<Message> refusal(URI url) {
        try {
            check(url);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.told());
        } catch (UnknownHostException _) {
            return Optional.of(Message.of("http.url.name", "host", url.getHost()));
        } catch (IOException _) {
            return Optional.of(Message.of("http.url.lookup", "host", url.getHost()));
        }
    }

    /** The same for text that may not be a URL at all. */
    public Optional<Message> refusal(String typed) {
        try {
            return refusal(new URI(typed.strip()));
        } catch (URISyntaxException _) {
            return Optional.of(Message.of("http.url.unreadable"));
        }
    }

    /** Judges all that can be judged without a lookup. */
    Peer inspect(URI url) throws RefusedException {
        return UrlRules.peer(url, allowed);
    }

    /**
     * Looks the host up once.
     *
     * @return the host and the addresses that a connection may use
     * @throws RefusedException       a rule is broken
     * @throws UnknownHostException   there is no such name
     * @throws InterruptedIOException the lookup took too long, or this thread was interrupted (its flag stays)
     */
    Target check(URI url) throws IOException {
        Peer peer = inspect(url);
        List<InetAddress> found = UrlRules.isLiteral(peer.host())
                ? List.of(InetAddress.ofLiteral(UrlRules.bare(peer.host())))
                : resolve(peer.host());
        boolean exempt = allowed.contains(peer);
        if (!exempt && !found.stream().allMatch(SpecialRanges::isPublic)) {
            throw new RefusedException(
                    ADDRESS_REFUSED,
                    Message.of("http.url.address", "host", peer.host(), "peer", peer),
                    peer + ": not a public address; tocsin.http.allow does not name it");
        }
        return new Target(peer, few(found), exempt);
    }

    /** Looks a name up, within the limit and without judging it. */
    List<InetAddress> resolve(String host) throws IOException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> names.lookup(host));
        // A lookup of the system can be neither bounded nor interrupted: it gets a thread that may be left behind.
        Thread.ofPlatform().daemon().name("lookup").start(task);
        try {
            List<InetAddress> found = task.get(lookupLimit.toNanos(), TimeUnit.NANOSECONDS);
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return found;
        } catch (TimeoutException _) {
            task.cancel(true);
            throw new SocketTimeoutException("no name server answered in time");
        } catch (InterruptedException _) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }

    /** The first of both families in turn, so that a dead family is not all there is to try. */
    private static List<InetAddress> few(List<InetAddress> found) {
        Queue<InetAddress> six = new ArrayDeque<>();
        Queue<InetAddress> four = new ArrayDeque<>();
        found.forEach(one -> (one instanceof Inet6Address ? six : four).add(one));
        List<InetAddress> few = new ArrayList<>();
        while (few.size() < MAX_ADDRESSES && few.size() < found.size()) {
            for (Queue<InetAddress> family : List.of(six, four)) {
                InetAddress next = family.poll();
                if (next != null) {
                    few.add(next);
                }
            }
        }
        return few.subList(0, Math.min(few.size(), MAX_ADDRESSES));
    }
}
