package org.tocsin.mention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.LongWork;
import org.tocsin.base.Ticker;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.Wakeup;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.feed.FeedReader;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.sql.SqlAudit;
import org.tocsin.sql.SqlNotices;

/** A long list of feeds shows how far it is; where it is stopped, what was added stays, and the same list goes on from there. */
class FeedListTest {
    private static final Actor ACTOR = Actor.daemon(BranchId.MAIN);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final Ids ids = new Ids(clock);
    private final LongWork work = new LongWork(ids, clock);

    @Test
    void a_list_that_is_stopped_goes_on_where_it_was(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock);
                OutboundHttp http =
                        new OutboundHttp(new AddressGuard(Set.of()), "Tocsin/test", null, Ticker.system())) {
            Sources sources = new Sources(
                    stopping(rig.store),
                    rig.sources,
                    rig.channels,
                    List.of(),
                    new FeedReader(http, new RetryAfter(clock), clock),
                    new SqlNotices(ids, clock, new Wakeup(), false),
                    new SqlAudit(clock),
                    ids,
                    clock,
                    new Wakeup(),
                    work,
                    url -> url.getHost().equals("nous.example"));
            Sources.Listed first = sources.bring(ACTOR, opml(120));
            assertThat(first.added()).isEqualTo(50);
            assertThat(first.left()).isEqualTo(70);
            assertThat(sources.all(ACTOR)).hasSize(50);
            Sources.Listed rest = sources.bring(ACTOR, opml(120));
            assertThat(rest).isEqualTo(new Sources.Listed(70, 50, List.of(), 0));
            assertThat(work.all(BranchId.MAIN)).isEmpty();
        }
    }

    @Test
    void a_feed_of_our_own_is_no_source(@TempDir Path folder) {
        try (HearingRig rig = new HearingRig(folder, clock);
                OutboundHttp http =
                        new OutboundHttp(new AddressGuard(Set.of()), "Tocsin/test", null, Ticker.system())) {
            Sources sources = new Sources(
                    rig.store,
                    rig.sources,
                    rig.channels,
                    List.of(),
                    new FeedReader(http, new RetryAfter(clock), clock),
                    new SqlNotices(ids, clock, new Wakeup(), false),
                    new SqlAudit(clock),
                    ids,
                    clock,
                    new Wakeup(),
                    work,
                    Hosts.same(URI.create("https://nous.example:443")));
            for (String own :
                    List.of("https://nous.example/feeds/ville.xml", "NOUS.example/", "https://nous.example:443/x")) {
                assertThatExceptionOfType(FaultException.class)
                        .as(own)
                        .isThrownBy(() -> sources.add(ACTOR, new Sources.Wanted(null, own, null, null, null, null)))
                        .satisfies(refused -> assertThat(
                                        refused.faults().getFirst().message().code())
                                .isEqualTo("heard.source.own"));
            }
            assertThat(sources.bring(
                                    ACTOR,
                                    "<opml version=\"2.0\"><body><outline type=\"rss\" xmlUrl=\"https://nous.example/a\"/>"
                                            + "<outline type=\"rss\" xmlUrl=\"https://autre.example/a\"/></body></opml>")
                            .wrong())
                    .containsExactly("https://nous.example/a");
        }
    }

    /** Somebody stops what is under way while its first piece is written. */
    private UnitOfWork stopping(UnitOfWork store) {
        return new UnitOfWork() {
            private boolean stopped;

            @Override
            public <R> R write(Urgency urgency, Function<Tx, R> what) {
                if (!stopped) {
                    stopped = true;
                    work.all(BranchId.MAIN).forEach(one -> work.turn(one.id(), true));
                }
                return store.write(urgency, what);
            }

            @Override
            public <R> R read(Function<Tx, R> what) {
                return store.read(what);
            }
        };
    }

    private static String opml(int feeds) {
        return IntStream.range(0, feeds)
                .mapToObj(n -> "<outline type=\"rss\" text=\"F\" xmlUrl=\"https://ex.fr/" + n + "\"/>")
                .collect(Collectors.joining("", "<opml version=\"2.0\"><body>", "</body></opml>"));
    }
}
