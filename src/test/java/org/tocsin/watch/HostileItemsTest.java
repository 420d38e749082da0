package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Item;
import org.tocsin.mention.ItemKind;

/** What one stranger's item costs whoever indexes it: a bounded multiple of its own size. */
class HostileItemsTest {
    private final Analysis analysis = new Analysis();

    private static long size(Iterable<String> all) {
        long size = 0;
        for (String one : all) {
            size += one.length();
        }
        return size;
    }

    @Test
    void a_host_of_thousands_of_labels_is_none_and_its_endings_are_not_kept() {
        Heard heard = Heard.of(Item.of("voir https://" + "a.".repeat(5_000) + "fr/x"), analysis);
        assertThat(size(heard.sites())).isLessThan(10_000);
        List<String> keys = new ArrayList<>();
        Keys.of(heard, (kind, key) -> keys.add(key));
        assertThat(size(keys)).isLessThan(100_000);
        assertThat(heard.hasLink()).isTrue();
    }

    @Test
    void the_longest_host_that_there_can_be_is_met_by_what_stands_above_it() {
        // RFC 1035, section 2.3.4: 255 octets on the wire, which is 253 as it is written, and 127 labels.
        String host = "a.".repeat(125) + "org";
        assertThat(host).hasSize(253);
        assertThat(Heard.of(Item.of("https://" + host + "/x"), analysis).sites())
                .hasSize(126)
                .contains("org", "a.org", host);
        assertThat(Heard.of(Item.of("https://a" + host + "/x"), analysis).sites())
                .isEmpty();
    }

    @Test
    void many_long_hosts_in_one_text_cost_no_more_than_so_many() {
        String text = IntStream.range(0, 380)
                .mapToObj(i -> "https://" + "a.".repeat(120) + "b" + i + ".fr")
                .collect(Collectors.joining(" "));
        Heard heard = Heard.of(Item.of(text), analysis);
        assertThat(size(heard.sites())).isLessThan(64L * text.length());
        assertThat(heard.sites()).contains("b0.fr", "fr");
    }

    @Test
    void a_language_longer_than_any_is_none() {
        assertThat(heard("fr-CA").language()).isEqualTo("fr-CA");
        assertThat(heard("de-" + "abcdefgh-".repeat(3) + "abcde").language()).hasSize(35);
        assertThat(heard("de-" + "abcdefgh-".repeat(3) + "abcdef").language()).isNull();
        assertThat(heard("fr" + "-abcdefgh".repeat(5_000)).language()).isNull();
    }

    private static HeardItem heard(String language) {
        return new HeardItem(
                "1",
                ItemKind.POST,
                Author.unknown(),
                null,
                "eau",
                language,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                Counts.unknown());
    }
}
