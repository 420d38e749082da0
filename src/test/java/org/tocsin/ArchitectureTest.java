package org.tocsin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.result.ResultIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What may know what. The table is that of the architecture's documentation; what a listed package may import is included. Where it is
 * more than one would expect, there is a reason:
 *
 * <ul>
 *   <li>{@code network} imports {@code http}: the table of answers and the reader of link cards serve all adapters;
 *   <li>{@code publishing} imports {@code media}, {@code network} and {@code post} by way of {@code delivery};
 *   <li>{@code feed} is an adapter too (the built-in channel), so it imports {@code delivery} and {@code http};
 *   <li>{@code audience} is the role that an adapter fulfils and the figures; what acts on them ({@code audience.keeping}) needs
 *       {@code delivery} for money, throttles and channels, which no adapter may see;
 *   <li>{@code sql} imports the repository interfaces that {@code network.rehearsal} declares, as it does those of any package.
 * </ul>
 */
class ArchitectureTest {
    private static final String ROOT = "org.tocsin.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.tocsin");

    /** Directly allowed; {@code base} is allowed to all, and {@code app} sees all. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            Map.entry("base", Set.of()),
            Map.entry("people", Set.of()),
            Map.entry("post", Set.of()),
            Map.entry("media", Set.of("post")),
            Map.entry("http", Set.of()),
            Map.entry("network", Set.of("post", "media", "http")),
            Map.entry("delivery", Set.of("network")),
            Map.entry("audience", Set.of("network")),
            Map.entry("audience.keeping", Set.of("audience", "delivery", "people")),
            Map.entry("mention", Set.of("network")),
            Map.entry("mention.feed", Set.of("mention", "http")),
            Map.entry("mention.hearing", Set.of("mention.feed", "delivery", "people")),
            Map.entry("mention.rights", Set.of("mention", "delivery", "people")),
            Map.entry("analysis", Set.of()),
            Map.entry("watch", Set.of("mention", "analysis")),
            Map.entry("recipient", Set.of("delivery", "people")),
            Map.entry("watch.keeping", Set.of("watch", "watch.spike", "delivery", "people", "recipient")),
            Map.entry("watch.spike", Set.of()),
            Map.entry("search", Set.of("watch.keeping")),
            Map.entry("publishing", Set.of("delivery", "people")),
            Map.entry("feed", Set.of("post", "delivery", "http", "audience")),
            Map.entry("alert", Set.of("delivery", "people", "http", "recipient", "watch.keeping", "alert.way")),
            Map.entry("alert.way", Set.of("recipient", "http")),
            Map.entry("letter", Set.of()),
            Map.entry("subscriber", Set.of("letter", "people", "audience")),
            Map.entry("subscriber.dialogue", Set.of("subscriber")),
            Map.entry("subscriber.hook", Set.of("subscriber", "delivery", "http")),
            Map.entry("bot", Set.of("subscriber.dialogue", "network.telegram")),
            Map.entry("newsletter", Set.of("letter", "subscriber", "publishing")),
            Map.entry("mail", Set.of("alert.way", "letter")),
            Map.entry(
                    "sql",
                    Set.of(
                            "alert",
                            "audience",
                            "feed",
                            "mention.rights",
                            "publishing",
                            "network.rehearsal",
                            "subscriber.dialogue",
                            "newsletter",
                            "subscriber",
                            "watch.keeping")),
            Map.entry("camel", Set.of("alert", "feed", "publishing")),
            Map.entry(
                    "web",
                    Set.of(
                            "alert",
                            "audience.keeping",
                            "feed",
                            "mention.hearing",
                            "mention.rights",
                            "newsletter",
                            "publishing",
                            "search",
                            "subscriber.hook")),
            Map.entry("web.desk", Set.of("web")),
            Map.entry("cli", Set.of()),
            Map.entry("config", Set.of()));

    private static final Set<String> DOMAIN = Set.of(
            "base",
            "people",
            "post",
            "media",
            "network",
            "delivery",
            "audience",
            "mention",
            "publishing",
            "feed",
            "alert",
            "recipient",
            "analysis",
            "watch",
            "watch.spike",
            "search",
            "letter",
            "subscriber",
            "newsletter",
            "config");

    private static Stream<String> packages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .distinct()
                .sorted();
    }

    private static Set<String> allowed(String name) {
        Set<String> all = new TreeSet<>(List.of(name, "base"));
        Set<String> direct = name.startsWith("network.")
                ? Set.of("network", "http", "audience", "mention")
                : TABLE.getOrDefault(name, Set.of());
        for (String other : direct) {
            all.addAll(allowed(other));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_imports_only_what_the_table_says(String name) {
        if (name.equals("app")) {
            return;
        }
        assertThat(TABLE.containsKey(name) || name.startsWith("network."))
                .as("%s stands in the table", name)
                .isTrue();
        String[] allowed = allowed(name).stream().map(other -> ROOT + other).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("org.tocsin..")).or(resideInAnyPackage(allowed)))
                .check(CLASSES);
    }

    @Test
    void the_domain_knows_no_camel_no_vertx_no_sql() {
        String[] domain =
                DOMAIN.stream().flatMap(name -> Stream.of(ROOT + name + "..")).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(domain)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..", "io.vertx..", "java.sql..", "javax.sql..", "org.jdbi..", "org.sqlite..")
                .check(CLASSES);
    }

    @Test
    void no_adapter_knows_another_and_what_they_share_knows_none() {
        Map<String, Set<String>> seen = new TreeMap<>();
        for (JavaClass one : CLASSES) {
            String from = adapter(one);
            one.getDirectDependenciesFromSelf().forEach(dependency -> {
                String to = adapter(dependency.getTargetClass());
                boolean inNetworks = one.getPackageName().startsWith(ROOT + "network");
                if (inNetworks && !to.isEmpty() && !to.equals(from)) {
                    seen.computeIfAbsent(one.getName(), name -> new TreeSet<>()).add(to);
                }
            });
        }
        assertThat(seen).isEmpty();
    }

    private static String adapter(JavaClass type) {
        String prefix = ROOT + "network.";
        String name = type.getPackageName();
        return name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    }

    @Test
    void adapters_are_closed_but_for_what_the_wiring_needs() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "camel..", ROOT + "web..", ROOT + "cli..", ROOT + "publishing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "sql..", ROOT + "network.*..", ROOT + "app..")
                .check(CLASSES);
    }

    @Test
    void rows_are_never_left_half_read() {
        // A stream that stops early leaves its statement in the middle of its rows, and the connection at that
        // snapshot.
        noClasses().should().callMethod(ResultIterable.class, "stream").check(CLASSES);
    }

    @Test
    void there_is_no_cycle_of_packages() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void only_the_guarded_client_opens_connections() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "http")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("okhttp3.OkHttpClient")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("okhttp3.OkHttpClient$Builder")
                .orShould()
                .callMethod(java.net.URL.class, "openConnection")
                .orShould()
                .callMethod(java.net.URL.class, "openStream")
                .check(CLASSES);
        // The command line speaks to the daemon, on this machine or where its user says: with the JDK's own client.
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "http", ROOT + "cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(CLASSES);
    }

    @Test
    void only_analysis_and_search_know_lucene() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "analysis", ROOT + "search")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void time_is_injected() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "base", ROOT + "app")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }

    @Test
    void nothing_is_kept_in_static_fields_that_change() {
        List<String> changing = CLASSES.stream()
                .filter(type -> !type.isEnum())
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)
                        && !field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL))
                .map(field -> field.getFullName())
                .filter(name -> !name.contains("$SwitchMap") && !name.contains("$VALUES"))
                .toList();
        assertThat(changing).isEmpty();
    }

    @Test
    void every_package_says_that_nothing_is_null_unless_marked() {
        List<String> unmarked = packages()
                .map(name -> CLASSES.getPackage(ROOT + name))
                .filter(not(describe(
                        "is null-marked",
                        (JavaPackage one) -> one.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }
}
