package org.tocsin.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.watch.Hit;

class PieceTest {
    @Test
    void what_turns_the_direction_is_shown() {
        String text = "la \u202erutcaf de la mairie";
        int from = text.indexOf("mairie");
        assertThat(Piece.of(text, List.of(new Hit(Hit.Field.TEXT, from, from + 6)), Hit.Field.TEXT))
                .containsExactly(new Piece("la [RLO]rutcaf de la ", false), new Piece("mairie", true));
    }
}
