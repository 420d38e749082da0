package org.tocsin.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.Secret;

/** The values of all settings, checked when they were read. */
public final class Settings {
    private final Map<Setting, String> values;

    Settings(Map<Setting, String> values) {
        this.values = new EnumMap<>(Setting.class);
        this.values.putAll(values);
    }

    /** @return the value; the default where none was given */
    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** @return the value unless it is empty */
    public Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isBlank());
    }

    /** @return the same, with these in the place of what was given */
    public Settings with(Map<Setting, String> others) {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        all.putAll(values);
        all.putAll(others);
        return new Settings(all);
    }

    /** @return whether something else was given than what is usual */
    public boolean given(Setting setting) {
        return !text(setting).equals(setting.fallback());
    }

    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public Duration duration(Setting setting) {
        return Durations.parse(text(setting)).orElseThrow();
    }

    public Path path(Setting setting) {
        return Path.of(text(setting));
    }

    public Optional<URI> url(Setting setting) {
        return optional(setting).map(URI::create);
    }

    public ZoneId zone(Setting setting) {
        return ZoneId.of(text(setting));
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    public Optional<Secret> secret(Setting setting) {
        return optional(setting).map(Secret::of);
    }
}
