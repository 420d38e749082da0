package org.tocsin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Wakeup;
import org.tocsin.mention.rights.ErasureLog;
import org.tocsin.mention.rights.Erasures;
import org.tocsin.mention.rights.Hold;
import org.tocsin.mention.rights.Holds;
import org.tocsin.mention.rights.Identities;
import org.tocsin.mention.rights.Objection;
import org.tocsin.mention.rights.Objection.Said;
import org.tocsin.mention.rights.Objections;
import org.tocsin.mention.rights.SealedExport;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.people.Role;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlChannels;
import org.tocsin.sql.SqlErasures;
import org.tocsin.sql.SqlHolds;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlObjections;

/** What is kept as evidence outlives the mention and not its own end, and proves that nobody has changed it. Who objects is heard. */
class HoldTest {
    @TempDir
    private Path folder;

    private Library library;
    private Holds holds;
    private Objections objections;

    @BeforeEach
    void open() throws GeneralSecurityException {
        library = new Library(folder);
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Ids ids = new Ids(library.clock);
        holds = new Holds(
                library.store,
                new SqlHolds(Opened.BOX),
                library.mentions,
                library.sources,
                library.audit,
                new SealedExport(() -> key),
                ids,
                library.clock);
        Erasures erasures = new Erasures(
                library.store,
                new SqlErasures(),
                library.mentions,
                library.sources,
                library.audit,
                Opened.BOX::hash,
                new Identities(
                        library.store, new SqlErasures(), library.sources, new SqlChannels(Opened.BOX), List.of()),
                new ErasureLog(folder.resolve("erasures.log")),
                ids,
                library.clock);
        objections = new Objections(
                library.store,
                new SqlObjections(Opened.BOX),
                erasures,
                new SqlNotices(ids, library.clock, new Wakeup(), false),
                library.audit,
                ids,
                library.clock);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Instant in(Duration time) {
        return library.clock.instant().plus(time);
    }

    private Hold held() {
        library.say(Library.post("1", "une menace"));
        library.settle();
        return holds.place(Library.ACTOR, library.log().getFirst().id(), null, "plainte", in(Duration.ofDays(30)))
                .getFirst();
    }

    private static Map<String, byte[]> files(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    /** As the README says, without a line of ours. */
    private static boolean verifies(Map<String, byte[]> files) {
        try {
            String manifest = text(files, "manifest.sha256");
            for (String line : manifest.lines().toList()) {
                byte[] content = Objects.requireNonNull(files.get(line.substring(66)));
                String hash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
                if (!line.startsWith(hash)) {
                    return false;
                }
            }
            String pem = text(files, "public-key.pem").replaceAll("-----[A-Z ]+-----|\\s", "");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signature.update(manifest.getBytes(StandardCharsets.UTF_8));
            return signature.verify(files.get("manifest.sig"));
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    @Test
    void a_hold_outlives_deletion_is_not_found_by_searching_and_ends_at_its_date() throws IOException {
        Hold hold = held();
        library.unsay("1");
        library.settle();
        assertThat(library.found("menace")).isEmpty();
        assertThat(text(files(holds.export(Library.ACTOR, hold.id())), "item.json"))
                .contains("une menace");
        library.clock.move(Duration.ofDays(29));
        holds.expire();
        assertThat(holds.export(Library.ACTOR, hold.id())).isNotEmpty();
        library.clock.move(Duration.ofDays(1));
        assertThatThrownBy(() -> holds.export(Library.ACTOR, hold.id()))
                .as("over, though nobody has swept yet")
                .isInstanceOf(FaultException.class);
        holds.expire();
        assertThat(holds.page(Library.ACTOR, "", 10).getFirst().endedAt()).isNotNull();
        assertThat(library.store.<String>read(tx -> Opened.text(tx, "select sealed from hold")))
                .isEmpty();
        List<AuditRow> rows = library.store.read(tx -> library.audit.page(tx, BranchId.MAIN, 0, 10));
        assertThat(rows).extracting(AuditRow::action).contains("rights.hold", "rights.hold.export", "rights.hold.end");
    }

    @Test
    void a_sealed_export_verifies_and_every_flipped_byte_is_found() throws IOException {
        Hold hold = held();
        Map<String, byte[]> files = files(holds.export(Library.ACTOR, hold.id()));
        assertThat(files)
                .containsOnlyKeys(
                        "README.txt",
                        "item.json",
                        "item.txt",
                        "history.json",
                        "public-key.pem",
                        "manifest.sha256",
                        "manifest.sig");
        assertThat(verifies(files)).isTrue();
        assertThat(text(files, "history.json")).contains("plainte", Library.ACTOR.id());
        for (String name : files.keySet()) {
            byte[] content = Objects.requireNonNull(files.get(name));
            for (int at : List.of(0, content.length / 2, content.length - 1)) {
                Map<String, byte[]> changed = new LinkedHashMap<>(files);
                byte[] flipped = content.clone();
                flipped[at] ^= 1;
                changed.put(name, flipped);
                assertThat(verifies(changed)).as(name + " " + at).isFalse();
            }
        }
    }

    @Test
    void a_story_is_held_as_a_whole() {
        library.watch("menace");
        library.say(Library.post("1", "une menace pour le pont de la ville"));
        library.say(Library.TOWN, Library.post("2", "une menace pour le pont de la ville"));
        library.settle();
        String story = library.hits().getFirst().storyId();
        assertThat(holds.place(Library.ACTOR, null, story, "plainte", in(Duration.ofDays(3))))
                .hasSize(2);
    }

    @Test
    void a_hold_needs_a_reason_an_end_within_three_years_and_an_administrator() {
        library.say(Library.post("1", "une menace"));
        String id = library.log().getFirst().id();
        Actor manager = new Actor("m", BranchId.MAIN, Role.MANAGER.scopes());
        for (Instant end : List.of(in(Duration.ZERO), in(Duration.ofDays(1100)))) {
            refused(Library.ACTOR, id, "plainte", end, FaultException.Kind.INVALID);
        }
        refused(Library.ACTOR, id, " ", in(Duration.ofDays(1)), FaultException.Kind.INVALID);
        refused(Library.ACTOR, id, "plainte", null, FaultException.Kind.INVALID);
        refused(Library.ACTOR, "nothing", "plainte", in(Duration.ofDays(1)), FaultException.Kind.NOT_FOUND);
        refused(manager, id, "plainte", in(Duration.ofDays(1)), FaultException.Kind.FORBIDDEN);
    }

    private void refused(Actor actor, String id, String why, @Nullable Instant end, FaultException.Kind kind) {
        assertThatThrownBy(() -> holds.place(actor, id, null, why, end))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private void object(String address) {
        objections.file(BranchId.MAIN, new Said("rose", null, "assez", "rose@ex.fr", null), address);
    }

    private static void flooded(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.kind()).isEqualTo(FaultException.Kind.TOO_MANY));
    }

    @Test
    void a_flood_of_objections_is_held_off_from_one_address_and_from_all() {
        for (int i = 0; i < 3; i++) {
            object("1.2.3.4");
        }
        flooded(() -> object("1.2.3.4"));
        for (int i = 0; i < 97; i++) {
            object("10.0.0." + i);
        }
        flooded(() -> object("5.6.7.8"));
        assertThat(objections.page(Library.ACTOR, true, "", 200)).hasSize(100);
        library.clock.move(Duration.ofHours(25));
        object("1.2.3.4");
    }

    @Test
    void what_people_write_is_sealed_decided_once_and_forgotten_a_month_later() {
        object("1.2.3.4");
        assertThat(library.store.<String>read(tx -> Opened.text(tx, "select sealed from objection")))
                .doesNotContain("rose");
        Objection objection = objections.page(Library.ACTOR, true, "", 10).getFirst();
        objections.decline(Library.ACTOR, objection.id(), 1, "c'est une autre Rose");
        assertThatThrownBy(() ->
                        objections.accept(Library.ACTOR, objection.id(), 1, new Objections.Where(null, null, true)))
                .isInstanceOf(FaultException.class);
        assertThat(objections.page(Library.ACTOR, true, "", 10)).isEmpty();
        library.clock.move(Duration.ofDays(29));
        objections.forget();
        assertThat(objections.page(Library.ACTOR, false, "", 10).getFirst().said())
                .isNotNull();
        library.clock.move(Duration.ofDays(2));
        objections.forget();
        assertThat(objections.page(Library.ACTOR, false, "", 10).getFirst().said())
                .isNull();
    }
}
