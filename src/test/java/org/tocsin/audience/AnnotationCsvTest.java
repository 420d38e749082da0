package org.tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;

class AnnotationCsvTest {
    @Test
    void a_text_is_quoted_and_no_spreadsheet_runs_it() {
        LocalDate day = LocalDate.of(2031, 6, 12);
        assertThat(AnnotationCsv.write(List.of(
                        new Annotation("a", BranchId.MAIN, day, Annotation.Kind.TV, "Journal, 20 h", Instant.EPOCH, 1),
                        new Annotation("b", BranchId.MAIN, day, Annotation.Kind.OTHER, "=1+1", Instant.EPOCH, 1))))
                .isEqualTo("date,kind,text\r\n2031-06-12,TV,\"Journal, 20 h\"\r\n2031-06-12,OTHER,'=1+1\r\n");
    }
}
