package org.tocsin.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No cell is a formula, wherever a spreadsheet may cut. */
class SheetCellTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("Réunion à 20 h, mairie", "Réunion à 20 h, mairie"),
                Arguments.of("=1+1", "'=1+1"),
                Arguments.of("@mairie vu", "'@mairie vu"),
                Arguments.of("＝1+1", "'＝1+1"),
                Arguments.of("vu;=cmd!A0;fin", "vu;'=cmd!A0;fin"),
                Arguments.of("vu;\"=cmd!A0\"", "vu;\"'=cmd!A0\""),
                Arguments.of("\"=1", "\"'=1"),
                Arguments.of("a - b = c; d", "a - b = c; d"),
                Arguments.of("x\n=1+1\ny", "x '=1+1 y"),
                Arguments.of("x\r\n+1", "x  '+1"),
                Arguments.of("x\t=1", "x\t'=1"),
                Arguments.of("\t=1", "'\t'=1"),
                Arguments.of("\rtext", "' text"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void what_would_be_a_formula_begins_with_an_apostrophe(String text, String cell) {
        assertThat(SheetCell.of(text)).isEqualTo(cell);
    }
}
