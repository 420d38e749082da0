package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Account;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Removal;
import org.tocsin.media.Media;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Reason;
import org.tocsin.network.TestClock;
import org.tocsin.people.Actor;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.post.Campaign;
import org.tocsin.post.MediaRef;
import org.tocsin.post.MentionEntry;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.KeptDraft;
import org.tocsin.publishing.RequestKeys;

/** What each of the smaller repositories keeps. */
class SqlRepositoriesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00.123456Z");
    private static final BranchId OTHER = new BranchId("other");

    private final TestClock clock = new TestClock(NOW);
    private SqlStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Opened.at(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    private <R> R read(Function<Tx, R> work) {
        return store.read(work);
    }

    private String raw(String query) {
        return store.read(tx -> Opened.text(tx, query));
    }

    private static Channel channel(String id, String secret) {
        return new Channel(
                id,
                BranchId.MAIN,
                "Nom « é »",
                "mastodon",
                Map.of("baseUrl", "https://social.example"),
                Map.of("accessToken", Secret.of(secret)),
                NOW);
    }

    private boolean insert(SqlChannels channels, Channel channel) {
        return write(tx -> {
            channels.insert(tx, channel, true);
            return true;
        });
    }

    @Test
    void a_channel_comes_back_with_its_secrets_which_are_nowhere_in_the_file_in_clear() {
        SqlChannels channels = new SqlChannels(Opened.BOX);
        Channel one = channel("one", "very-secret");
        insert(channels, one);
        insert(channels, channel("two", "very-secret"));
        Optional<Channel> found = read(tx -> channels.find(tx, "one"));
        assertThat(found).contains(one);
        String first = raw("select secrets from channel where id = 'one'");
        assertThat(first).doesNotContain("very-secret").startsWith("v1:");
        assertThat(raw("select secrets from channel where id = 'two'"))
                .as("each has a nonce of its own")
                .isNotEqualTo(first);
        assertThat(found.toString()).doesNotContain("very-secret");
    }

    @Test
    void a_ciphertext_that_was_moved_or_changed_or_has_another_key_does_not_open() {
        SqlChannels channels = new SqlChannels(Opened.BOX);
        insert(channels, channel("one", "very-secret"));
        insert(channels, channel("two", "other-secret"));
        assertThatThrownBy(() -> read(tx -> new SqlChannels(new SecretBox(new byte[32])).find(tx, "one")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not open")
                .hasMessageNotContaining("secret-");
        write(tx -> Opened.execute(
                tx, "update channel set secrets = (select secrets from channel where id = 'one') where id = 'two'"));
        assertThatThrownBy(() -> read(tx -> channels.find(tx, "two"))).isInstanceOf(IllegalStateException.class);
        String sealed = Opened.BOX.seal("place", "clear");
        char last = sealed.charAt(sealed.length() - 5);
        String changed = sealed.substring(0, sealed.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 4);
        assertThatThrownBy(() -> Opened.BOX.open("place", changed)).isInstanceOf(IllegalStateException.class);
        assertThat(Opened.BOX.open("place", sealed)).isEqualTo("clear");
    }

    @Test
    void a_removed_channel_is_known_without_its_secrets_and_its_id_stays_taken() {
        SqlChannels channels = new SqlChannels(Opened.BOX);
        insert(channels, channel("one", "very-secret"));
        SqlSessions sessions = new SqlSessions(store, Opened.BOX, clock);
        sessions.renew(channel("one", "x"), Optional.empty(), () -> Optional.of("session"));
        write(tx -> {
            channels.remove(tx, "one", NOW);
            return true;
        });
        assertThat((boolean) read(tx -> channels.known(tx, "one"))).isTrue();
        Optional<Channel> gone = read(tx -> channels.find(tx, "one"));
        List<Channel> left = read(tx -> channels.all(tx, BranchId.MAIN));
        List<String> set = read(tx -> channels.defaultSet(tx, BranchId.MAIN));
        assertThat(gone).isEmpty();
        assertThat(left).isEmpty();
        assertThat(set).isEmpty();
        assertThat(raw("select secrets from channel where id = 'one'")).isEmpty();
        assertThat(sessions.load(channel("one", "x"))).isEmpty();
    }

    @Test
    void channels_keep_their_health_and_belong_to_their_branch() {
        SqlChannels channels = new SqlChannels(Opened.BOX);
        insert(channels, channel("one", "s"));
        ChannelHealth unchecked = read(tx -> channels.health(tx, "one"));
        assertThat(unchecked.status()).isEqualTo(ChannelHealth.Status.UNCHECKED);
        ChannelHealth sick = new ChannelHealth(
                ChannelHealth.Status.UNAUTHORIZED, Reason.of("network.unauthorized", "status", 401), "@name", NOW);
        write(tx -> {
            channels.saveHealth(tx, "one", sick);
            channels.setDefault(tx, "one", false);
            return true;
        });
        ChannelHealth kept = read(tx -> channels.health(tx, "one"));
        List<String> set = read(tx -> channels.defaultSet(tx, BranchId.MAIN));
        List<Channel> others = read(tx -> channels.all(tx, OTHER));
        assertThat(kept).isEqualTo(sick);
        assertThat(set).isEmpty();
        assertThat(others).isEmpty();
    }

    @Test
    void a_session_that_twenty_want_renewed_is_renewed_once_and_sealed() throws Exception {
        SqlSessions sessions = new SqlSessions(store, Opened.BOX, clock);
        Channel channel = channel("one", "s");
        Optional<String> stale = sessions.renew(channel, Optional.empty(), () -> Optional.of("session-0"));
        AtomicInteger renewals = new AtomicInteger();
        List<Future<Optional<String>>> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(pool.submit(() ->
                        sessions.renew(channel, stale, () -> Optional.of("session-" + renewals.incrementAndGet()))));
            }
        }
        for (Future<Optional<String>> answer : answers) {
            assertThat(answer.get()).contains("session-1");
        }
        assertThat(renewals).hasValue(1);
        assertThat(raw("select value from session")).doesNotContain("session-1");
        assertThat(sessions.renew(channel, Optional.of("session-1"), Optional::empty))
                .isEmpty();
        assertThat(sessions.load(channel))
                .as("a renewal that gave none keeps the old one")
                .contains("session-1");
        sessions.forget(channel);
        assertThat(sessions.load(channel)).isEmpty();
    }

    @Test
    void an_account_keeps_hold_throttle_and_money_apart() {
        SqlAccounts accounts = new SqlAccounts();
        YearMonth december = YearMonth.of(2026, 12);
        write(tx -> {
            accounts.throttle(tx, "one", NOW, NOW);
            accounts.hold(tx, "one", Account.Finder.CHECK, Message.of("network.unauthorized", "status", 401), NOW);
            accounts.spend(tx, "one", december, 15_000);
            accounts.spend(tx, "one", december, 10_000);
            accounts.spend(tx, "one", december, -5_000);
            return true;
        });
        Account account = read(tx -> accounts.find(tx, "one"));
        assertThat(account)
                .isEqualTo(new Account(
                        "one", Message.of("network.unauthorized", "status", 401), NOW, Account.Finder.CHECK, NOW, NOW));
        assertThat((long) read(tx -> accounts.spent(tx, "one", december))).isEqualTo(20_000);
        assertThat((long) read(tx -> accounts.spent(tx, "one", december.plusMonths(1))))
                .isZero();
        assertThat((long) read(tx -> accounts.spent(tx, "two", december))).isZero();
        assertThat((boolean) write(tx -> accounts.release(tx, "one"))).isTrue();
        assertThat((boolean) write(tx -> accounts.release(tx, "one"))).isFalse();
        Map<String, Account> all = read(accounts::all);
        assertThat(all).isEqualTo(Map.of("one", new Account("one", null, null, null, NOW, NOW)));
        Account free = read(tx -> accounts.find(tx, "nobody"));
        assertThat(free).isEqualTo(Account.free("nobody"));
    }

    @Test
    void a_freeze_stands_until_its_end_or_until_a_person_ends_it() {
        SqlFreezes freezes = new SqlFreezes();
        Freeze bounded = freeze("f1", NOW, NOW.plusSeconds(60), Set.of("one", "two"));
        Freeze open = freeze("f2", NOW.plusSeconds(10), null, Set.of());
        write(tx -> {
            freezes.insert(tx, open);
            freezes.insert(tx, bounded);
            return true;
        });
        assertThat(standing(freezes, BranchId.MAIN, NOW)).containsExactly(bounded, open);
        assertThat(standing(freezes, BranchId.MAIN, NOW.plusSeconds(60))).containsExactly(open);
        assertThat(standing(freezes, OTHER, NOW)).isEmpty();
        Freeze ended = new Freeze(
                "f2",
                BranchId.MAIN,
                open.from(),
                null,
                open.zone(),
                Set.of(),
                open.reason(),
                open.by(),
                NOW,
                "over",
                2);
        assertThat((boolean) write(tx -> freezes.save(tx, ended, 1))).isTrue();
        assertThat((boolean) write(tx -> freezes.save(tx, ended, 1))).isFalse();
        assertThat(standing(freezes, BranchId.MAIN, NOW)).containsExactly(bounded);
        Optional<Freeze> kept = read(tx -> freezes.find(tx, "f2"));
        assertThat(kept).contains(ended);
    }

    private List<Freeze> standing(SqlFreezes freezes, BranchId branch, Instant at) {
        return read(tx -> freezes.standing(tx, branch, at));
    }

    private static Freeze freeze(String id, Instant from, Instant until, Set<String> channels) {
        return new Freeze(
                id, BranchId.MAIN, from, until, "Europe/Paris", channels, "why", new UserId("u"), null, null, 1);
    }

    @Test
    void removals_are_due_last_segment_first_and_a_refused_one_becomes_due_again() {
        SqlRemovals removals = new SqlRemovals();
        Removal first = removal(0, Removal.State.DUE, NOW);
        Removal second = removal(1, Removal.State.DUE, NOW);
        write(tx -> {
            removals.request(tx, first);
            removals.request(tx, second);
            return true;
        });
        assertThat(dueRemovals(removals, NOW)).as("one of a channel at a time").containsExactly(second);
        assertThat(dueRemovals(removals, NOW.minusSeconds(1))).isEmpty();
        write(tx -> {
            assertThat(removals.save(tx, removal(1, Removal.State.REFUSED, null, 1)))
                    .isTrue();
            assertThat(removals.save(tx, removal(0, Removal.State.GONE, null, 1)))
                    .isTrue();
            assertThat(removals.save(tx, removal(0, Removal.State.DUE, NOW, 1)))
                    .as("it is over")
                    .isFalse();
            removals.request(tx, first);
            removals.request(tx, second);
            return true;
        });
        assertThat(dueRemovals(removals, NOW)).containsExactly(removal(1, Removal.State.DUE, NOW, 1));
        List<Removal> all = read(tx -> removals.of(tx, "d1"));
        assertThat(all).extracting(Removal::state).containsExactly(Removal.State.GONE, Removal.State.DUE);
        Optional<Instant> next = read(removals::nextAt);
        assertThat(next).contains(NOW);
    }

    private List<Removal> dueRemovals(SqlRemovals removals, Instant at) {
        return read(tx -> removals.due(tx, at, 9));
    }

    private static Removal removal(int segment, Removal.State state, Instant nextAt) {
        return removal(segment, state, nextAt, 0);
    }

    private static Removal removal(int segment, Removal.State state, Instant nextAt, int attempts) {
        return new Removal("d1", segment, BranchId.MAIN, "one", state, null, attempts, nextAt, NOW);
    }

    @Test
    void notices_are_due_until_they_are_sent_and_open_until_a_person_has_seen_to_them() {
        Wakeup bell = new Wakeup();
        SqlNotices notices = new SqlNotices(new Ids(clock), clock, bell, true);
        for (String subject : List.of("a", "b", "c")) {
            write(tx -> {
                notices.raise(tx, BranchId.MAIN, Notices.Kind.HELD, subject, Message.of("delivery.internal"));
                return true;
            });
        }
        List<Notice> due = read(tx -> notices.due(tx, NOW, 9));
        assertThat(due).extracting(Notice::subject).containsExactlyInAnyOrder("a", "b", "c");
        String id = due.getFirst().id();
        write(tx -> {
            notices.sent(tx, due.get(0).id(), "SENT", 1, null);
            notices.sent(tx, due.get(1).id(), "NEW", 1, NOW.plusSeconds(60));
            return true;
        });
        List<Notice> rest = read(tx -> notices.due(tx, NOW, 9));
        assertThat(rest).containsExactly(due.get(2));
        assertThat((boolean) write(tx -> notices.acknowledge(tx, OTHER, id, NOW)))
                .isFalse();
        assertThat((boolean) write(tx -> notices.acknowledge(tx, BranchId.MAIN, id, NOW)))
                .isTrue();
        assertThat((boolean) write(tx -> notices.acknowledge(tx, BranchId.MAIN, id, NOW)))
                .isFalse();
        List<Notice> open = read(tx -> notices.page(tx, BranchId.MAIN, true, "", 9));
        List<Notice> all = read(tx -> notices.page(tx, BranchId.MAIN, false, "", 9));
        assertThat(open).hasSize(2).isSubsetOf(all);
        assertThat(all).extracting(Notice::subject).containsExactly("c", "b", "a");
    }

    @Test
    void of_a_token_only_the_hash_is_stored_and_a_revoked_one_opens_nothing() {
        SqlTokens repository = new SqlTokens();
        Tokens tokens =
                new Tokens(store, repository, new SqlUsers(Opened.BOX), new SqlAudit(clock), new Ids(clock), clock);
        Actor daemon = Actor.daemon(BranchId.MAIN);
        Tokens.Created created = write(tx -> tokens.create(tx, daemon, "laptop", EnumSet.of(Scope.READ), null));
        String secret = created.secret().reveal();
        String row = raw("select id || branch || name || hash || scopes from api_token");
        assertThat(row).doesNotContain(secret).doesNotContain(secret.substring(7));
        assertThat(raw("select group_concat(detail) from audit")).doesNotContain(secret.substring(7));
        assertThat(tokens.actor(secret)).contains(new Actor(created.token().id(), BranchId.MAIN, Set.of(Scope.READ)));
        assertThat(tokens.actor(secret + "x")).isEmpty();
        assertThat(tokens.actor("")).isEmpty();
        tokens.revoke(daemon, created.token().id());
        assertThat(tokens.actor(secret)).isEmpty();
        List<ApiToken> all = read(tx -> repository.all(tx, BranchId.MAIN));
        assertThat(all).extracting(ApiToken::revokedAt).containsExactly(NOW);
    }

    @Test
    void every_change_to_the_audit_trail_is_found_at_its_row() {
        SqlAudit audit = new SqlAudit(clock);
        Actor actor = new Actor("token-1", BranchId.MAIN, Set.of());
        for (int i = 1; i <= 12; i++) {
            int n = i;
            write(tx -> {
                audit.add(tx, actor, "post.submit", "p" + n, "détail " + n);
                return true;
            });
        }
        assertThat((long) read(audit::firstBroken)).isZero();
        Stream.of("at", "branch", "actor", "action", "subject", "detail", "hash")
                .forEach(column -> brokenBy(
                        audit, "update audit set " + column + " = " + changed(column) + " where number = 7", 7));
        brokenBy(audit, "update audit set actor = actor || '|', action = substr(action, 2) where number = 5", 5);
        brokenBy(audit, "delete from audit where number = 7", 7);
        brokenBy(audit, "delete from audit where number = 1", 1);
        brokenBy(audit, "update audit set number = -number where number in (3, 4)", 1);
        assertThat((long) read(audit::firstBroken)).isZero();
    }

    private static String changed(String column) {
        return column.equals("at") ? "at + 1" : "replace(" + column + ", substr(" + column + ", -1), 'X')";
    }

    private void brokenBy(SqlAudit audit, String statement, long row) {
        assertThatThrownBy(() -> write(tx -> {
                    Opened.execute(tx, statement);
                    assertThat(audit.firstBroken(tx)).as(statement).isEqualTo(row);
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");
    }

    @Test
    void each_byte_of_an_audit_row_counts() {
        SqlAudit audit = new SqlAudit(clock);
        String detail = "deliveries=3 «é»";
        write(tx -> {
            audit.add(tx, new Actor("t", BranchId.MAIN, Set.of()), "post.submit", "p", detail);
            return true;
        });
        for (int i = 0; i < detail.length(); i++) {
            String altered = detail.substring(0, i) + "#" + detail.substring(i + 1);
            brokenBy(audit, "update audit set detail = '" + altered + "' where number = 1", 1);
        }
    }

    @Test
    void a_request_key_belongs_to_its_owner_and_is_forgotten_after_its_time() {
        SqlRequestKeys keys = new SqlRequestKeys();
        RequestKeys.Stored stored = new RequestKeys.Stored("POST /api/v1/posts", "hash", 201, "{\"é\":1}");
        write(tx -> {
            keys.store(tx, "owner", "k", stored, NOW);
            keys.store(tx, "other", "k", stored, NOW.plusSeconds(1));
            return true;
        });
        Optional<RequestKeys.Stored> found = read(tx -> keys.find(tx, "owner", "k"));
        Optional<RequestKeys.Stored> none = read(tx -> keys.find(tx, "third", "k"));
        assertThat(found).contains(stored);
        assertThat(none).isEmpty();
        assertThatThrownBy(() -> write(tx -> {
                    keys.store(tx, "owner", "k", stored, NOW);
                    return true;
                }))
                .as("a key is stored once")
                .isInstanceOf(RuntimeException.class);
        assertThat((int) write(tx -> keys.forget(tx, NOW.plusSeconds(1), 9))).isEqualTo(1);
        Optional<RequestKeys.Stored> forgotten = read(tx -> keys.find(tx, "owner", "k"));
        assertThat(forgotten).isEmpty();
    }

    @Test
    void a_row_that_was_brought_in_is_forgotten_when_bringing_it_in_again_would_be_too_late() {
        SqlImports imports = new SqlImports();
        SqlPosts posts = new SqlPosts();
        write(tx -> {
            for (String id : List.of("out", "waits")) {
                posts.insert(tx, post(id, 1, List.of(), null));
                imports.save(tx, BranchId.MAIN, id, id);
                long due = Micros.of(id.equals("out") ? NOW : NOW.plusSeconds(3600));
                Opened.execute(
                        tx,
                        "insert into delivery values (?, ?, 'main', 'c', 'x', 1, 'SCHEDULED', 1, 0, null, 'SEND', null,"
                                + " 1, ?, ?, 0, null, null, null, 1, '')",
                        id,
                        id,
                        due,
                        due);
            }
            return true;
        });
        assertThat((int) write(tx -> imports.forget(tx, NOW, 9))).as("young").isZero();
        assertThat((int) write(tx -> imports.forget(tx, NOW.plusSeconds(1), 9))).isEqualTo(1);
        assertThat(read(tx -> imports.find(tx, BranchId.MAIN, "out")).isPresent())
                .isFalse();
        assertThat(read(tx -> imports.find(tx, BranchId.MAIN, "waits")).isPresent())
                .isTrue();
        assertThat((int) write(tx -> imports.forget(tx, NOW.plusSeconds(7200), 9)))
                .isEqualTo(1);
    }

    private static Post post(String id, long version, List<MediaRef> media, Instant deletedAt) {
        return new Post(
                id,
                BranchId.MAIN,
                new UserId("author"),
                "text « é » \uD83D\uDE00",
                "fr",
                Map.of("mastodon", new PostVariant("other", "cw", "unlisted")),
                media,
                "https://a.example/1",
                "campaign",
                true,
                true,
                "2026-12-01T18:30",
                "Europe/Paris",
                NOW,
                version,
                deletedAt,
                "corrected",
                "prudence",
                "unlisted");
    }

    @Test
    void a_post_comes_back_whole_and_pages_are_newest_first() {
        SqlPosts posts = new SqlPosts();
        List<MediaRef> media = List.of(new MediaRef("m1", "alt"), new MediaRef("m1", "again"));
        write(tx -> {
            posts.insert(tx, post("p1", 1, media, null));
            posts.insert(tx, post("p2", 1, List.of(), null));
            return true;
        });
        Optional<Post> found = read(tx -> posts.find(tx, BranchId.MAIN, "p1"));
        Optional<Post> others = read(tx -> posts.find(tx, OTHER, "p1"));
        assertThat(found).contains(post("p1", 1, media, null));
        assertThat(others).isEmpty();
        assertThat((boolean) write(tx -> posts.save(tx, post("p1", 2, media, NOW), 1)))
                .isTrue();
        List<Post> page = read(tx -> posts.page(tx, BranchId.MAIN, "", 1));
        List<Post> next = read(tx -> posts.page(tx, BranchId.MAIN, "p2", 9));
        assertThat(page).extracting(Post::id).containsExactly("p2");
        assertThat(next).containsExactly(post("p1", 2, media, NOW));
    }

    @Test
    void a_stale_post_changes_nothing_of_its_images_either() {
        SqlPosts posts = new SqlPosts();
        SqlMedia media = new SqlMedia();
        write(tx -> {
            media.save(tx, image("m1", NOW.minusSeconds(10)));
            posts.insert(tx, post("p1", 5, List.of(new MediaRef("m1", "alt")), null));
            return true;
        });
        assertThat((boolean) write(tx -> posts.save(tx, post("p1", 3, List.of(), null), 2)))
                .isFalse();
        List<Media> orphans = read(tx -> media.orphans(tx, NOW, 9));
        assertThat(orphans).isEmpty();
    }

    private static Media image(String id, Instant at) {
        return new Media(id, BranchId.MAIN, MediaType.PNG, "photo.png", 10, 20, 300, "ab".repeat(32), false, at);
    }

    @Test
    void an_image_is_an_orphan_when_no_post_refers_to_it_for_long_enough() {
        SqlMedia media = new SqlMedia();
        SqlPosts posts = new SqlPosts();
        write(tx -> {
            media.save(tx, image("used", NOW.minusSeconds(100)));
            media.save(tx, image("old", NOW.minusSeconds(100)));
            media.save(tx, image("older", NOW.minusSeconds(200)));
            media.save(tx, image("young", NOW));
            posts.insert(tx, post("p1", 1, List.of(new MediaRef("used", "alt")), null));
            return true;
        });
        List<Media> orphans = read(tx -> media.orphans(tx, NOW, 9));
        assertThat(orphans).extracting(Media::id).containsExactly("older", "old");
        Optional<Media> found = read(tx -> media.find(tx, BranchId.MAIN, "used"));
        Optional<Media> others = read(tx -> media.find(tx, OTHER, "used"));
        assertThat(found).contains(image("used", NOW.minusSeconds(100)));
        assertThat(others).isEmpty();
        write(tx -> {
            for (String id : List.of("used", "old", "older")) {
                media.removeUnused(tx, id);
            }
            return true;
        });
        assertThat((boolean) read(tx -> media.stored(tx, "ab".repeat(32)))).isTrue();
        assertThat((boolean) read(tx -> media.stored(tx, "cd".repeat(32)))).isFalse();
    }

    private static KeptDraft draft(String id, String text, Instant at, long version, String... images) {
        KeptDraft.Content content = new KeptDraft.Content(
                text,
                "fr",
                List.of("rehearsal"),
                "2031-06-01",
                "",
                "Europe/Paris",
                "",
                "",
                "",
                true,
                Stream.of(images)
                        .map(image -> new KeptDraft.Image(image, "photo.png", "alt"))
                        .toList(),
                Map.of("feed", "autre"),
                Map.of("warning.feed", "attention"),
                "m1",
                "",
                "p1");
        return new KeptDraft(id, BranchId.MAIN, content, "form", new UserId("u"), NOW, at, version);
    }

    @Test
    void drafts_are_kept_by_branch_under_a_version_and_hold_their_images() {
        SqlMedia media = new SqlMedia();
        SqlDrafts drafts = new SqlDrafts();
        KeptDraft first = draft("d1", "un", NOW, 1, "held", "not-there");
        write(tx -> {
            media.save(tx, image("held", NOW.minusSeconds(100)));
            media.save(tx, image("old", NOW.minusSeconds(100)));
            drafts.insert(tx, draft("d2", "deux", NOW.plusSeconds(1), 1));
            return drafts.insert(tx, first);
        });
        assertThat((boolean) write(tx -> drafts.insert(tx, first))).isFalse();
        assertThat(kept(BranchId.MAIN)).contains(first);
        assertThat(kept(OTHER)).isEmpty();
        assertThat(listed(BranchId.MAIN)).containsExactly("d2", "d1");
        assertThat(listed(OTHER)).isEmpty();
        assertThat(swept()).containsExactly("old");
        assertThat((boolean) write(tx -> media.removeUnused(tx, "held"))).isFalse();

        KeptDraft changed = draft("d1", "un et demi", NOW.plusSeconds(2), 2, "old");
        assertThat((boolean) write(tx -> drafts.save(tx, changed, 7))).isFalse();
        assertThat((boolean) write(tx -> drafts.save(tx, changed, 1))).isTrue();
        assertThat(kept(BranchId.MAIN)).contains(changed);
        assertThat(swept()).containsExactly("held");
        assertThat((boolean) write(tx -> drafts.remove(tx, OTHER, "d1"))).isFalse();
        assertThat((boolean) write(tx -> drafts.remove(tx, BranchId.MAIN, "d1")))
                .isTrue();
        assertThat(swept()).hasSize(2);
    }

    private Optional<KeptDraft> kept(BranchId branch) {
        return store.read(tx -> new SqlDrafts().find(tx, branch, "d1"));
    }

    private List<String> listed(BranchId branch) {
        return store.read(tx -> new SqlDrafts()
                .newest(tx, branch, 9).stream().map(KeptDraft::id).toList());
    }

    private List<String> swept() {
        return store.read(
                tx -> new SqlMedia().orphans(tx, NOW, 9).stream().map(Media::id).toList());
    }

    private static Campaign campaign(long version, String name) {
        return new Campaign(
                "agora",
                BranchId.MAIN,
                name,
                "#Agora",
                LocalDate.of(2026, 12, 1),
                null,
                List.of("one"),
                Map.of("utm_source", "tocsin"),
                List.of("exemple.fr"),
                version);
    }

    @Test
    void a_campaign_is_changed_only_by_who_saw_its_version() {
        SqlCampaigns campaigns = new SqlCampaigns();
        assertThat((boolean) write(tx -> campaigns.save(tx, campaign(1, "first"), 0)))
                .isTrue();
        assertThat((boolean) write(tx -> campaigns.save(tx, campaign(1, "twice"), 0)))
                .isFalse();
        assertThat((boolean) write(tx -> campaigns.save(tx, campaign(2, "second"), 1)))
                .isTrue();
        assertThat((boolean) write(tx -> campaigns.save(tx, campaign(2, "stale"), 1)))
                .isFalse();
        Optional<Campaign> found = read(tx -> campaigns.find(tx, BranchId.MAIN, "agora"));
        List<Campaign> others = read(tx -> campaigns.all(tx, OTHER));
        assertThat(found).contains(campaign(2, "second"));
        assertThat(others).isEmpty();
        assertThat((boolean) write(tx -> campaigns.remove(tx, BranchId.MAIN, "agora")))
                .isTrue();
        assertThat((boolean) write(tx -> campaigns.remove(tx, BranchId.MAIN, "agora")))
                .isFalse();
    }

    @Test
    void the_mention_book_keeps_one_entry_per_name_whatever_its_case() {
        SqlCampaigns campaigns = new SqlCampaigns();
        MentionEntry before = new MentionEntry("Mairie", "la mairie", Map.of("x", "@mairie"));
        MentionEntry after = new MentionEntry("MAIRIE", "La Mairie", Map.of("mastodon", "@m@social.example"));
        write(tx -> {
            campaigns.saveMention(tx, BranchId.MAIN, before);
            campaigns.saveMention(tx, BranchId.MAIN, after);
            return true;
        });
        List<MentionEntry> book = read(tx -> campaigns.mentions(tx, BranchId.MAIN));
        assertThat(book).containsExactly(after);
        assertThat((boolean) write(tx -> campaigns.removeMention(tx, BranchId.MAIN, "mairie")))
                .isTrue();
    }
}
