package org.tocsin.sql;

import static org.tocsin.sql.SqlTx.handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Author;
import org.tocsin.mention.rights.ErasureRepository.Written;
import org.tocsin.mention.rights.ErasureRepository.WrittenBy;
import org.tocsin.mention.rights.Subject;

/**
 * Finds what may be of an author by the indexes. A database knows small letters of ASCII alone, and no addresses: what is written otherwise stands in
 * an index of its own, and is always among what is found. Whoever asks looks at each.
 */
final class AuthorSearch {
    /** As in the migration, or its index is not used. */
    private static final String ODD =
            "(author_handle glob '*[^!-~]*' or author_url glob '*[^!-~]*' or instr(author_url, '%') > 0"
                    + " or not (lower(author_url) glob 'http://*' or lower(author_url) glob 'https://*')"
                    + " or substr(author_url, 9, instr(substr(author_url, 9) || '/', '/') - 1) glob '*[@:]*')";

    private static final List<String> BEFORE = Stream.of("http://", "https://")
            .flatMap(scheme -> Stream.of("", "www.", "m.", "mobile.").map(sub -> scheme + sub))
            .toList();
    /** What may follow an address and says nothing of whose it is. */
    private static final List<String> BEHIND = List.of("?", "#", "/?", "/#", "//");

    private AuthorSearch() {}

    static List<WrittenBy> writtenBy(Tx tx, BranchId branch, Subject subject, Instant until) {
        List<String> ways = new ArrayList<>();
        List<String> bound = new ArrayList<>();
        switch (subject.sort()) {
            case NAME -> {
                ways.add("select id from mention where source_id = ? and branch = ? and author_name is not null");
                bound.add(subject.within());
                bound.add(branch.value());
            }
            case HANDLE -> {
                odd(branch, ways, bound);
                ways.add(
                        "select id from mention indexed by mention_handle where branch = ? and author_handle is not null"
                                + " and ltrim(lower(author_handle), '@') = ?");
                bound.add(branch.value());
                bound.add(subject.value());
            }
            case PROFILE -> {
                odd(branch, ways, bound);
                BEFORE.forEach(before -> profile(branch, before + subject.value(), ways, bound));
            }
        }
        Query query = handle(tx)
                .createQuery("select source_id, author_name, author_handle, author_url, count(*) as found from mention"
                        + " where id in (" + String.join(" union ", ways) + ") and deleted_at is null and heard_at <= ?"
                        + " group by source_id, author_name, author_handle, author_url");
        int place = 0;
        for (String one : bound) {
            query = query.bind(place++, one);
        }
        return query.bind(place, Micros.of(until))
                .map((row, context) -> new WrittenBy(
                        row.getString("source_id"),
                        new Author(
                                row.getString("author_name"),
                                row.getString("author_handle"),
                                row.getString("author_url")),
                        row.getLong("found")))
                .list();
    }

    private static void odd(BranchId branch, List<String> ways, List<String> bound) {
        ways.add("select id from mention indexed by mention_odd_author where branch = ? and " + ODD);
        bound.add(branch.value());
    }

    private static void profile(BranchId branch, String address, List<String> ways, List<String> bound) {
        // The planner takes the index of addresses as they are written, and reads all of it.
        String from = "select id from mention indexed by mention_profile where branch = ? and author_url is not null"
                + " and lower(author_url) ";
        for (String whole : List.of(address, address + "/")) {
            ways.add(from + "= ?");
            bound.addAll(List.of(branch.value(), whole));
        }
        for (String behind : BEHIND) {
            String first = address + behind;
            String next = first.substring(0, first.length() - 1) + (char) (first.charAt(first.length() - 1) + 1);
            ways.add(from + ">= ? and lower(author_url) < ?");
            bound.addAll(List.of(branch.value(), first, next));
        }
    }

    static List<Written> naming(Tx tx, BranchId branch, String handle, Instant until, int max) {
        // Letters that the database cannot make small may stand there otherwise.
        boolean plain = handle.chars().allMatch(letter -> letter > ' ' && letter < 127);
        return handle(tx)
                .createQuery("select " + SqlErasures.WRITTEN
                        + " from mention indexed by mention_naming where branch = :branch and mentioned <> '[]'"
                        + " and deleted_at is null and (:plain = 0 or instr(lower(mentioned), :handle) > 0 or mentioned glob"
                        + " '*[^ -~]*') and heard_at <= :until limit :max")
                .bind("branch", branch.value())
                .bind("plain", plain ? 1 : 0)
                .bind("handle", handle)
                .bind("until", Micros.of(until))
                .bind("max", max)
                .map((row, context) -> SqlErasures.written(row))
                .list();
    }
}
