package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was said and what is to come of it, against what stands in the store and what the search finds. */
final class ListenTally {
    static final List<String> QUERIES = List.of("tramway", "\"coupure d’eau\"", "pisc*");
    private static final List<Predicate<Item>> MATCHED =
            List.of(item -> item.number() % 2 == 0, item -> item.number() % 3 == 0, item -> item.number() % 5 == 0);
    /** The whole of Bluesky. */
    static final String STREAM = "bluesky";
    /** A group in which a bot is. */
    static final String GROUP = "group";

    static final long CHAT = -1_009_876_543_210L;

    private static final String CORRECTED = "rectificatif";

    private final Path database;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> watches = new LinkedHashMap<>();
    private final Map<String, Item> said = new LinkedHashMap<>();
    private @Nullable CrashPager pager;

    ListenTally(Path database) {
        this.database = database;
    }

    /** An item; what has the same number tells the same. */
    record Item(String feed, int number, String title, String text) {
        String id() {
            return "i" + number;
        }

        /** As its source calls it. */
        String nativeId() {
            return switch (feed) {
                case STREAM -> "at://" + CrashStream.DID + "/app.bsky.feed.post/" + id();
                case GROUP -> CHAT + "/" + (number + 1);
                default -> id();
            };
        }

        boolean watched() {
            return MATCHED.stream().anyMatch(one -> one.test(this));
        }

        Item in(String other) {
            return new Item(other, number, title, text);
        }

        Item corrected() {
            return new Item(feed, number, title, text + " " + CORRECTED);
        }
    }

    static Item item(String feed, int number, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            text.append((char) ('a' + random.nextInt(26)))
                    .append(Integer.toString(random.nextInt(1_000_000), 36))
                    .append("x ");
        }
        String[] words = {"tramway ", "coupure d’eau ", "piscines "};
        for (int i = 0; i < words.length; i++) {
            if (MATCHED.get(i).test(new Item(feed, number, "", ""))) {
                text.append(words[i]);
            }
        }
        return new Item(feed, number, "k" + number + "q", text.toString().strip());
    }

    void source(String feed, String id) {
        sources.put(feed, id);
    }

    void watch(String query, String id) {
        watches.put(query, id);
    }

    void said(Item item) {
        said.put(sources.get(item.feed()) + " " + item.nativeId(), item);
    }

    /** Where alerts arrive. */
    void pager(CrashPager other) {
        pager = other;
    }

    /** @return whether it is known how far that source was read */
    boolean begun(String feed) throws SQLException {
        return !rows("select id from source where cursor_value is not null and id = '" + sources.get(feed) + "'")
                .isEmpty();
    }

    /** @return how many mentions there are */
    int heard() throws SQLException {
        return rows("select id from mention").size();
    }

    /** @return whatever is not as it was promised; a sentence for each kind */
    List<String> findings(CrashHarness daemon) throws Exception {
        List<String> findings = new ArrayList<>();
        List<String> heard = rows("select source_id || ' ' || native_id from mention where native_id <> '0'");
        differ(findings, "items", List.copyOf(said.keySet()), heard);
        for (int i = 0; i < QUERIES.size(); i++) {
            String watch = watches.get(QUERIES.get(i));
            List<Item> matched = said.values().stream().filter(MATCHED.get(i)).toList();
            differ(
                    findings,
                    "alerts of " + QUERIES.get(i),
                    matched.stream().map(Item::title).distinct().toList(),
                    rows(
                            "select coalesce(mention.title, substr(body, 1, instr(body, ' ') - 1)) from alert join mention on mention.id = alert.mention_id where watch_id = '"
                                    + watch + "'"));
            differ(
                    findings,
                    "told in alerts of " + QUERIES.get(i),
                    List.of(String.valueOf(matched.size())),
                    rows("select coalesce(sum(1 + more), 0) from alert where watch_id = '" + watch + "'"));
            differ(
                    findings,
                    "hits of " + QUERIES.get(i),
                    matched.stream()
                            .map(item -> sources.get(item.feed()) + " " + item.nativeId())
                            .toList(),
                    rows("select source_id || ' ' || native_id from watch_hit join mention on mention.id = mention_id"
                            + " where watch_id = '" + watch + "'"));
            differ(
                    findings,
                    "index by watch " + QUERIES.get(i),
                    rows("select mention_id from watch_hit where watch_id = '" + watch + "'"),
                    exported(daemon, "watch=" + watch));
            differ(
                    findings,
                    "index by words " + QUERIES.get(i),
                    rows("select mention_id from watch_hit where watch_id = '" + watch + "'"),
                    exported(daemon, "q=" + URLEncoder.encode(QUERIES.get(i), StandardCharsets.UTF_8)));
        }
        differ(findings, "index", rows("select id from mention"), exported(daemon, ""));
        differ(
                findings,
                "index of what was corrected",
                rows("select id from mention where body like '%" + CORRECTED + "%'"),
                exported(daemon, "q=" + CORRECTED));
        differ(
                findings,
                "notices",
                rows("select id from alert"),
                rows("select subject from notice where kind = 'ALERT'"));
        ways(findings);
        differ(findings, "integrity", List.of("ok"), rows("pragma integrity_check"));
        return findings;
    }

    /** Nothing is lost and nothing waits; what can be known for a repeat comes at least once, and what cannot stands there once at most. */
    private void ways(List<String> findings) throws SQLException {
        CrashPager arrived = Objects.requireNonNull(pager);
        String of = " from dispatch join way on way.id = way_id where way.kind = '";
        differ(
                findings,
                "texts",
                rows("select id || ' SLACK' from alert union all select id || ' WEBHOOK' from alert"),
                rows("select subject || ' ' || way.kind from dispatch join way on way.id = way_id"
                        + " where dispatch.kind = 'ALERT' and state in ('SENT', 'UNKNOWN')"));
        differ(
                findings,
                "webhook",
                rows("select dispatch.id" + of + "WEBHOOK'"),
                arrived.ids().stream().distinct().toList());
        List<String> unknown = rows("select subject" + of + "SLACK' and state = 'UNKNOWN'");
        differ(
                findings,
                "chat",
                rows("select subject" + of + "SLACK' and state = 'SENT'"),
                arrived.alerts().stream().filter(one -> !unknown.contains(one)).toList());
        if (Set.copyOf(arrived.alerts()).size() != arrived.alerts().size()) {
            findings.add("chat: said twice in " + arrived.alerts());
        }
        differ(
                findings,
                "unknown texts of which the desk is told",
                unknown.stream().map(_ -> "alerting.way.unknown").toList(),
                rows("select 'alerting.way.unknown' from notice where kind = 'WAY'"));
    }

    private static void differ(List<String> findings, String what, List<String> wanted, List<String> there) {
        Map<String, Long> left = there.stream().collect(Collectors.groupingBy(one -> one, Collectors.counting()));
        TreeSet<String> missing = new TreeSet<>();
        for (String one : wanted) {
            if (left.merge(one, -1L, Long::sum) < 0) {
                missing.add(one);
            }
        }
        left.values().removeIf(count -> count <= 0);
        if (!missing.isEmpty() || !left.isEmpty()) {
            findings.add(what + ": missing " + missing + ", too many " + left.keySet());
        }
    }

    private List<String> exported(CrashHarness daemon, String query) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String line :
                daemon.text("/api/v1/mentions/search.ndjson?" + query).lines().toList()) {
            JsonNode mention = json.readTree(line);
            ids.add(mention.path("id").asText());
        }
        return ids;
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
