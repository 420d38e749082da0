package org.tocsin.app;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.people.Organisation;
import org.tocsin.people.OrganisationKeeping;

/** What the configuration says of the organisation goes before what was said at the desk, that before what is usual. */
final class House {
    private static final Map<String, Setting> FIELDS = Map.of(
            "name", Setting.ORGANISATION,
            "language", Setting.LANGUAGE,
            "zone", Setting.ZONE,
            "publicUrl", Setting.PUBLIC_URL);

    private House() {}

    static Settings settings(Settings given, Stores stores) {
        Optional<Organisation> kept = stores.store().read(stores.organisation()::find);
        Map<Setting, String> said = new EnumMap<>(Setting.class);
        kept.ifPresent(one -> {
            said.put(Setting.ORGANISATION, one.name());
            said.put(Setting.LANGUAGE, one.language());
            said.put(Setting.ZONE, one.zone());
            said.put(Setting.PUBLIC_URL, one.publicUrl());
        });
        said.keySet().removeIf(given::given);
        return given.with(said);
    }

    static OrganisationKeeping keeping(Settings given, Settings settings, Stores stores, Runnable restart) {
        Set<String> fixed = new HashSet<>();
        FIELDS.forEach((field, setting) -> {
            if (given.given(setting)) {
                fixed.add(field);
            }
        });
        return new OrganisationKeeping(
                stores.store(),
                stores.organisation(),
                stores.audit(),
                new Organisation(
                        settings.text(Setting.ORGANISATION),
                        settings.text(Setting.LANGUAGE),
                        settings.text(Setting.ZONE),
                        settings.text(Setting.PUBLIC_URL).replaceAll("/+$", "")),
                fixed,
                restart);
    }
}
