package org.tocsin.web.desk;

import java.util.List;

/** A day with a cell for each watch, in words. */
public record DayRow(String day, List<String> cells) {
    public DayRow {
        cells = List.copyOf(cells);
    }
}
