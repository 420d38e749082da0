package org.tocsin.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Reads the settings: the environment goes before the file, the file before the defaults. All faults are told at once. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * @param file        {@code config/application.properties}; need not exist
     * @param environment of the process
     * @return the settings
     * @throws FaultException INVALID with one fault for each key that is unknown and each value that is wrong
     */
    public static Settings read(Path file, Map<String, String> environment) {
        List<Fault> faults = new ArrayList<>();
        Properties properties = load(file, faults);
        Map<String, Setting> known = new HashMap<>();
        for (Setting setting : Setting.values()) {
            known.put(setting.key(), setting);
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (String key : properties.stringPropertyNames()) {
            Setting setting = known.get(key);
            String value = properties.getProperty(key).strip();
            if (setting == null) {
                faults.add(fault(key, "config.key.unknown", "file", file));
            } else if (!value.isEmpty()) {
                values.put(setting, value);
            }
        }
        for (Setting setting : Setting.values()) {
            fromEnvironment(setting, environment, values, faults);
        }
        values.forEach((setting, value) -> check(setting, value, faults));
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return new Settings(values);
    }

    private static Properties load(Path file, List<Fault> faults) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                faults.add(fault("", "config.file.unreadable", "file", file, "why", e.getMessage()));
            }
        }
        return properties;
    }

    private static void fromEnvironment(
            Setting setting, Map<String, String> environment, Map<Setting, String> values, List<Fault> faults) {
        String value = environment.get(setting.environment());
        if (value != null && !value.isBlank()) {
            values.put(setting, value.strip());
        }
        String from = environment.get(setting.environment() + "_FILE");
        if (setting.type() == Setting.Type.SECRET && from != null && !from.isBlank()) {
            try {
                values.put(setting, Files.readString(Path.of(from)).strip());
            } catch (IOException e) {
                faults.add(fault(setting.environment() + "_FILE", "config.file.unreadable", "file", from, "why", e));
            }
        }
    }

    private static void check(Setting setting, String value, List<Fault> faults) {
        boolean good = switch (setting.type()) {
            case TEXT, SECRET, PATH -> true;
            case NUMBER -> value.matches("\\d{1,9}");
            case DURATION -> Durations.parse(value).isPresent();
            case FLAG -> value.equals("true") || value.equals("false");
            case URL -> value.isEmpty() || url(value);
            case ZONE -> zone(value);
        };
        if (!good) {
            faults.add(fault(
                    setting.key(),
                    "config.value." + setting.type().name().toLowerCase(Locale.ROOT),
                    "value",
                    value,
                    "environment",
                    setting.environment()));
        }
    }

    private static boolean url(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean zone(String value) {
        try {
            return ZoneId.of(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Fault fault(String key, String code, Object... pairs) {
        Object[] all = new Object[pairs.length + 2];
        all[0] = "key";
        all[1] = key;
        System.arraycopy(pairs, 0, all, 2, pairs.length);
        return Fault.at("/" + key, Message.of(code, all));
    }
}
