package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByIdsTest {
    @Test
    void every_id_is_asked_for_by_statements_of_few_forms() {
        List<Integer> sizes = new ArrayList<>();
        List<String> ids = IntStream.range(0, 600).mapToObj(String::valueOf).toList();
        List<String> asked = ByIds.rows(ids, some -> {
            sizes.add(some.size());
            return some;
        });
        assertThat(asked).containsAll(ids).doesNotContainAnyElementsOf(List.of("600"));
        assertThat(sizes).containsExactly(256, 256, 128);
    }

    @Test
    void nothing_is_asked_for_where_there_is_none() {
        assertThat(ByIds.rows(List.of(), some -> List.of("asked"))).isEmpty();
    }
}
