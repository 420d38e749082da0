package org.tocsin.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tocsin.analysis.Analysis;
import org.tocsin.mention.Item;

/** How rare words are, by what was heard. */
class WordCountsTest {
    private final Analysis analysis = new Analysis();
    private final WordCounts counts = new WordCounts();

    private void hear(String text, int times) {
        Heard heard = Heard.of(Item.of(text), analysis);
        for (int i = 0; i < times; i++) {
            counts.count(heard);
        }
    }

    @Test
    void nobody_knows_what_is_rare_by_a_few() {
        hear("la pluie", 199);
        assertThat(counts.rare()).isZero();
        hear("la pluie", 1);
        assertThat(counts.rare()).isPositive();
        assertThat(counts.share("pluie")).isCloseTo(1, within(0.01));
        assertThat(counts.share("soleil")).isLessThan(0.01);
    }

    @Test
    void a_share_is_true_also_where_not_every_item_is_counted() {
        hear("la pluie", 10_000);
        hear("le soleil", 30_000);
        assertThat(counts.share("pluie")).isCloseTo(0.25, within(0.01));
        assertThat(counts.share("soleil")).isCloseTo(0.75, within(0.01));
    }
}
