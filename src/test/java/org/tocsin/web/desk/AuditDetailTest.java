package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that were written by former versions are said as those of today. */
class AuditDetailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mention.export | query=from:rose_martin rows=12 | words=not-shown bounds=none rows=12",
                "mention.export | query= rows=0 | words=none bounds=none rows=0",
                "mention.export | words=0123456789abcdef rows=2 | words=0123456789abcdef bounds=none rows=2",
                "mention.export | words=none network=feed language=fr rows=2 | words=none bounds=network:feed,language:fr rows=2",
                "mention.export | words=none bounds=network:feed rows=2 | words=none bounds=network:feed rows=2",
                "post.approve | deliveries=1 hash=ab | deliveries=1 hash=ab"
            })
    void an_export_of_a_former_version_is_said_in_words_without_those_that_were_searched_for(
            String action, String written, String today) {
        assertThat(AuditDetail.today(action, written)).isEqualTo(today);
    }
}
