package org.tocsin.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.LanguageTags;
import org.tocsin.base.Message;

/** Reads the settings: the environment goes before the file, the file before the defaults. All faults are told at once. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * @param file        {@code config/application.properties}; need not exist
     * @param environment of the process
     * @return the settings
     * @throws FaultException INVALID with one fault for each key or name in the environment that is unknown, and each value that is wrong
     */
    public static Settings read(Path file, Map<String, String> environment) {
        SettingsFile lines = SettingsFile.read(file);
        List<Fault> faults = new ArrayList<>(lines.faults());
        Map<Setting, Given> values = new EnumMap<>(Setting.class);
        fromFile(lines, file, values, faults);
        for (Setting setting : Setting.values()) {
            fromEnvironment(setting, environment, values, faults);
        }
        for (String name : EnvironmentNames.unknown(environment.keySet())) {
            faults.add(Fault.at(
                    "/" + name,
                    Nearest.of(name, EnvironmentNames.known())
                            .map(near -> Message.of("config.environment.near", "name", name, "nearest", near))
                            .orElseGet(() -> Message.of("config.environment.unknown", "name", name))));
        }
        values.forEach((setting, given) -> check(setting, given, faults));
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        values.forEach((setting, given) -> settings.put(setting, given.value()));
        return new Settings(settings);
    }

    /** A value and where it stands: {@code file:line}, or the name in the environment. */
    private record Given(String value, String where) {}

    private static void fromFile(SettingsFile lines, Path file, Map<Setting, Given> values, List<Fault> faults) {
        Map<String, Setting> known = new HashMap<>();
        for (Setting setting : Setting.values()) {
            known.put(setting.key(), setting);
        }
        lines.lines().forEach((key, line) -> {
            Setting setting = known.get(key);
            if (setting == null) {
                faults.add(Nearest.of(key, known.keySet())
                        .map(near -> fault(key, "config.key.near", "where", lines.where(line), "nearest", near))
                        .orElseGet(() -> fault(key, "config.key.unknown", "where", lines.where(line))));
            } else if (!line.value().isEmpty()) {
                if (setting.type() == Setting.Type.SECRET && lines.open()) {
                    faults.add(fault(key, "config.file.open", "where", lines.where(line), "file", file));
                }
                values.put(setting, new Given(line.value(), lines.where(line)));
            }
        });
    }

    private static void fromEnvironment(
            Setting setting, Map<String, String> environment, Map<Setting, Given> values, List<Fault> faults) {
        String value = environment.get(setting.environment());
        if (value != null && !value.isBlank()) {
            values.put(setting, new Given(value.strip(), setting.environment()));
        }
        String name = setting.environment() + "_FILE";
        String from = environment.get(name);
        if (setting.type() == Setting.Type.SECRET && from != null && !from.isBlank()) {
            try {
                values.put(setting, new Given(Files.readString(Path.of(from)).strip(), name));
            } catch (NoSuchFileException e) {
                faults.add(fault(name, "config.file.missing", "where", name, "file", from));
            } catch (IOException | InvalidPathException e) {
                faults.add(fault(name, "config.file.unreadable", "where", name, "file", from));
            }
        }
    }

    private static void check(Setting setting, Given given, List<Fault> faults) {
        String value = given.value();
        boolean good = switch (setting.type()) {
            case TEXT, SECRET -> true;
            case LANGUAGE -> LanguageTags.known(value);
            case PATH -> path(value);
            case NUMBER ->
                value.matches("\\d{1,9}")
                        && Integer.parseInt(value) >= setting.least()
                        && Integer.parseInt(value) <= setting.most();
            case DURATION -> Durations.parse(value).isPresent();
            case FLAG -> value.equals("true") || value.equals("false");
            case URL -> url(value);
            case ZONE -> zone(value);
        };
        if (!good) {
            faults.add(fault(
                    setting.key(),
                    "config.value." + setting.type().name().toLowerCase(Locale.ROOT),
                    "where",
                    given.where(),
                    "value",
                    value,
                    "least",
                    setting.least(),
                    "most",
                    setting.most()));
        }
    }

    private static boolean path(String value) {
        try {
            return !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
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
