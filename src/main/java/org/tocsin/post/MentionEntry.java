package org.tocsin.post;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A person or an organisation that posts mention, whatever its account is called on each network.
 *
 * @param name        what an author writes as {@code @{name}}: not blank, without braces and line ends
 * @param displayName what stands in a text where the network knows no handle; not blank
 * @param handles     by the network's id in lower case ({@code mastodon}, {@code bluesky}, {@code x}, {@code telegram}); with or without
 *                    the leading {@code @}
 */
public record MentionEntry(String name, String displayName, Map<String, String> handles) {
    /** @throws IllegalArgumentException for a blank or impossible name, display name or handle */
    public MentionEntry {
        if (name.isBlank() || name.chars().anyMatch(c -> c == '{' || c == '}' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("a name is not blank and has no braces or line ends: " + name);
        }
        if (displayName.isBlank()) {
            throw new IllegalArgumentException("a display name is not blank");
        }
        Map<String, String> plain = new HashMap<>();
        handles.forEach((network, handle) -> plain.put(network.toLowerCase(Locale.ROOT), plain(handle)));
        handles = Map.copyOf(plain);
    }

    /** @return the handle with its {@code @}, as the network writes it; empty where there is none */
    public Optional<String> handle(String network) {
        return Optional.ofNullable(handles.get(network.toLowerCase(Locale.ROOT)))
                .map(handle -> "@" + handle);
    }

    private static String plain(String handle) {
        String plain = handle.startsWith("@") ? handle.substring(1) : handle;
        if (plain.isEmpty() || plain.chars().anyMatch(Spaces::space)) {
            throw new IllegalArgumentException("not a handle: " + handle);
        }
        return plain;
    }
}
