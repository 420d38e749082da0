package org.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
