package org.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the page behind a link is asked for. */
class RememberedCardsTest {
    @Test
    void a_link_is_read_once_in_five_minutes_also_where_it_has_no_card() {
        AtomicInteger reads = new AtomicInteger();
        AtomicLong now = new AtomicLong();
        RememberedCards cards = new RememberedCards(
                link -> {
                    reads.incrementAndGet();
                    return Optional.empty();
                },
                now::get);
        URI link = URI.create("https://exemple.fr/agenda");
        assertThat(cards.apply(link)).isEmpty();
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        assertThat(cards.apply(link)).isEmpty();
        assertThat(reads).hasValue(1);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(cards.apply(link)).isEmpty();
        assertThat(cards.apply(URI.create("https://exemple.fr/"))).isEmpty();
        assertThat(reads).hasValue(3);
    }
}
