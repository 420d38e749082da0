package org.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Messages;

/** The file and the code say the same. */
class ConfigurationFileTest {
    private static final Path FILE = Path.of("config/application.properties");

    @TempDir
    private Path folder;

    @Test
    void the_file_holds_every_setting_in_its_order_and_nothing_else() throws IOException {
        List<String> keys = Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.substring(0, line.indexOf('=')).strip())
                .toList();
        assertThat(keys).isEqualTo(Stream.of(Setting.values()).map(Setting::key).toList());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void each_has_its_default_a_comment_and_its_name_in_the_environment(Setting setting) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(FILE)) {
            properties.load(reader);
        }
        assertThat(properties.getProperty(setting.key())).isEqualTo(setting.fallback());
        List<String> comment = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith(setting.key() + " =")) {
                break;
            }
            if (line.startsWith("#")) {
                comment.add(line);
            } else {
                comment.clear();
            }
        }
        String text = String.join(" ", comment);
        assertThat(text).containsPattern("\\[(.*, )?" + setting.environment() + "[,\\]]");
        if (setting.type() == Setting.Type.SECRET) {
            assertThat(text).contains(setting.environment() + "_FILE");
        }
        assertThat(text.length()).isGreaterThan(setting.environment().length() + 20);
    }

    @Test
    void the_file_as_it_is_says_what_no_file_says() {
        Settings with = SettingsReader.read(FILE, Map.of());
        Settings without = SettingsReader.read(folder.resolve("none"), Map.of());
        for (Setting setting : Setting.values()) {
            assertThat(with.text(setting)).isEqualTo(without.text(setting));
        }
    }

    @Test
    void the_environment_goes_before_the_file_and_a_secret_may_be_in_a_file_of_its_own() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, "tocsin.delivery.quiet = 5s\ntocsin.organisation = Mairie de Ménilles\n");
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "hush\n");
        Settings settings = SettingsReader.read(
                file, Map.of("TOCSIN_DELIVERY_QUIET", "7s", "TOCSIN_NOTICES_WEBHOOK_SECRET_FILE", secret.toString()));
        assertThat(settings.duration(Setting.DELIVERY_QUIET)).hasSeconds(7);
        assertThat(settings.text(Setting.ORGANISATION)).isEqualTo("Mairie de Ménilles");
        assertThat(settings.secret(Setting.WEBHOOK_SECRET).orElseThrow().reveal())
                .isEqualTo("hush");
    }

    @Test
    void all_faults_are_told_at_once_by_their_keys() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, "tocsin.deliverry.quiet = 5s\ntocsin.delivery.grace = soon\n");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> SettingsReader.read(
                        file, Map.of("TOCSIN_HTTP_PORT", "eighty", "TOCSIN_ZONE", "Paris", "TOCSIN_KEY_FILE", "/no")))
                .satisfies(fault -> assertThat(fault.faults().stream().map(Fault::pointer))
                        .containsExactlyInAnyOrder(
                                "/tocsin.deliverry.quiet",
                                "/tocsin.delivery.grace",
                                "/tocsin.http.port",
                                "/tocsin.zone",
                                "/TOCSIN_KEY_FILE"));
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "60s,60000", "10m,600000", "24h,86400000", "7d,604800000", " 5s ,5000"})
    void durations_are_read_as_people_write_them(String text, long millis) {
        assertThat(Durations.parse(text).orElseThrow().toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "-5s", "5 s", "1.5h", "s", "5w", "99999999999s"})
    void and_nothing_else_is_a_duration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void an_unknown_name_in_the_environment_is_told_with_the_one_that_was_meant() {
        Path none = folder.resolve("none");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> SettingsReader.read(
                        none, Map.of("TOCSIN_DELIVERY_GRASE", "15m", "TOCSIN_DATAS", "x", "OTHER", "y")))
                .satisfies(e -> assertThat(e.faults())
                        .extracting(fault ->
                                fault.pointer() + " " + fault.message().args().get("nearest"))
                        .containsExactly("/TOCSIN_DATAS TOCSIN_DATA", "/TOCSIN_DELIVERY_GRASE TOCSIN_DELIVERY_GRACE"));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> SettingsReader.read(none, Map.of("TOCSIN_FOO", "1")))
                .satisfies(e -> assertThat(e.faults().getFirst().message().code())
                        .as("no guess that misleads")
                        .isEqualTo("config.environment.unknown"));
        Map<String, String> linked = Map.of(
                "TOCSIN_SERVICE_HOST",
                "10.0.0.1",
                "TOCSIN_SERVICE_PORT_HTTP",
                "80",
                "TOCSIN_PORT_8080_TCP_ADDR",
                "10.0.0.1");
        assertThat(SettingsReader.read(none, linked)).as("what a platform adds").isNotNull();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("application.properties"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Each fault as its code and the place that it names. */
    private static List<String> faults(Path file, Map<String, String> environment) {
        try {
            SettingsReader.read(file, environment);
            return List.of();
        } catch (FaultException e) {
            return e.faults().stream()
                    .map(fault -> fault.message().code() + " "
                            + new Messages()
                                    .text(fault.message(), Locale.ENGLISH)
                                    .replace(file.toString(), "FILE")
                                    .split(": ", 2)[0])
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"99999", "-1", "65536", "80.5"})
    void a_port_that_does_not_exist_is_refused(String port) {
        assertThat(faults(folder.resolve("none"), Map.of("TOCSIN_HTTP_PORT", port)))
                .containsExactly("config.value.number TOCSIN_HTTP_PORT");
    }

    @Test
    void a_fault_names_its_line_also_after_lines_that_go_on() throws IOException {
        Path file = file("""
                # first

                tocsin.organisation = Mairie \\
                  de Ménilles
                tocsin.zone = Paris
                help = me
                tocsin.cards = \\u00zz
                """);
        assertThat(faults(file, Map.of()))
                .containsExactlyInAnyOrder(
                        "config.value.zone FILE:5", "config.key.unknown FILE:6", "config.line.wrong FILE:7");
    }

    @Test
    void a_key_that_is_there_twice_is_refused() throws IOException {
        Path file = file("tocsin.zone = Europe/Paris\ntocsin.cards = true\ntocsin.zone = Europe/London\n");
        assertThat(faults(file, Map.of())).containsExactly("config.key.twice FILE:3");
    }

    @Test
    void a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm() throws IOException {
        Path file = file("\ufefftocsin.organisation = Ménilles\r\n\ttocsin.zone\t=\tEurope/London\r\n");
        Settings settings = SettingsReader.read(file, Map.of());
        assertThat(settings.text(Setting.ORGANISATION)).isEqualTo("Ménilles");
        assertThat(settings.zone(Setting.ZONE)).isEqualTo(ZoneId.of("Europe/London"));
    }

    @Test
    void what_is_no_file_of_settings_is_refused() throws IOException {
        assertThat(faults(Files.createDirectories(folder.resolve("sub")), Map.of()))
                .containsExactly("config.file.unreadable FILE");
        assertThat(faults(file(new byte[10_000_000]), Map.of())).containsExactly("config.file.large FILE");
        assertThat(faults(file(new byte[] {(byte) 0xc3, 0x28, 0}), Map.of())).containsExactly("config.file.text FILE");
        assertThat(faults(file(""), Map.of())).isEmpty();
    }

    @Test
    void a_secret_in_a_file_that_others_can_read_is_refused_and_never_shown() throws IOException {
        Path file = file("tocsin.notices.webhook.secret = hush-hush\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(faults(file, Map.of())).containsExactly("config.file.open FILE:1");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> SettingsReader.read(file, Map.of()))
                .satisfies(e -> assertThat(e.toString() + e.faults()).doesNotContain("hush"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(faults(file, Map.of())).isEmpty();
    }
}
