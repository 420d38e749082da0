package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.tocsin.base.Tx;

/** Asks for many rows by their ids: in few statements, of so few forms that each of them stays ready. */
final class ByIds {
    private static final int MOST = 256;

    private ByIds() {}

    /**
     * @param query given up to so many ids, of which it may name one more than once
     * @return what it found, in no order
     */
    static <T> List<T> rows(Collection<String> ids, Function<List<String>, List<T>> query) {
        List<String> all = ids.stream().distinct().toList();
        List<T> rows = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            rows.addAll(query.apply(filled(all.subList(from, Math.min(all.size(), from + MOST)))));
        }
        return rows;
    }

    /**
     * @param table of which each row belongs to a delivery
     * @param order of the rows of one
     * @return the rows of those deliveries; none for one that has none
     */
    static <T> Map<String, List<T>> ofDeliveries(
            Tx tx,
            String table,
            Collection<String> deliveryIds,
            RowMapper<T> row,
            Comparator<T> order,
            Function<T, String> delivery) {
        return rows(
                        deliveryIds,
                        ids -> handle(tx)
                                .createQuery("select * from " + table + " where delivery_id in (<ids>)")
                                .bindList("ids", ids)
                                .map(row)
                                .list())
                .stream()
                .sorted(order)
                .collect(Collectors.groupingBy(delivery));
    }

    /** To a power of two, with the last again and again. */
    private static List<String> filled(List<String> ids) {
        List<String> filled = new ArrayList<>(ids);
        while (Integer.bitCount(filled.size()) != 1) {
            filled.add(ids.getLast());
        }
        return filled;
    }
}
