package org.tocsin.mention.rights;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.Author;

/**
 * An author as somebody names him: by handle, by the address of a profile, or by a name within one source, where a feed gives no more.
 *
 * @param sort   handle, profile, name
 * @param value  normalised
 * @param within for a handle, the network that it is of, empty for any; for a name, the id of the source; else empty
 */
public record Subject(Sort sort, String value, String within) {
    /** The most that is taken, in characters: longer than any handle, and than most addresses of profiles. */
    public static final int LONGEST = 300;
    /** What there is to be heard on, as sources call it ({@code Source.network()}). */
    public static final List<String> NETWORKS =
            List.of("mastodon", "bluesky", "x", "telegram", "feed", "entry", "webhook");

    private static final Pattern PROFILE = Pattern.compile("([^/]+)/@([^/@]+)");
    private static final Pattern FULL = Pattern.compile("([^@/\\s]+)@([^@/\\s]+)");

    /** How an author is named. */
    public enum Sort {
        HANDLE,
        PROFILE,
        NAME
    }

    /**
     * Reads what a person typed.
     *
     * @param author  a handle with or without its at sign; an address of a profile; with a source, a name
     * @param network one of {@link #NETWORKS}, in any case; null for any
     * @param source  the id of a source, for a name; null else
     * @throws FaultException INVALID; also of a network that there is none of, on which nobody would be found
     */
    public static Subject of(@Nullable String author, @Nullable String network, @Nullable String source) {
        String given = given(author);
        String within = network(network);
        if (source != null && !source.isBlank()) {
            return new Subject(Sort.NAME, name(given), source.strip());
        }
        if (given.regionMatches(true, 0, "http", 0, 4) && given.contains("://")) {
            String profile = profile(given)
                    .orElseThrow(() -> FaultException.invalid("/author", Message.of("rights.author.address")));
            return new Subject(Sort.PROFILE, profile, "");
        }
        String handle = handle(given);
        if (handle.isEmpty() || handle.chars().anyMatch(Character::isWhitespace)) {
            throw FaultException.invalid("/author", Message.of("rights.author.handle"));
        }
        return new Subject(Sort.HANDLE, handle, within);
    }

    /**
     * Looks over what anybody typed. A name of several words is let through: of which source it is, somebody else has to say.
     *
     * @throws FaultException INVALID
     */
    static void check(@Nullable String author, @Nullable String network) {
        String given = given(author);
        if (given.chars().anyMatch(Character::isWhitespace)) {
            network(network);
        } else {
            of(given, network, null);
        }
    }

    private static String given(@Nullable String author) {
        String given = author == null ? "" : author.strip();
        if (given.isEmpty() || given.length() > LONGEST) {
            throw FaultException.invalid("/author", Message.of("rights.author", "limit", LONGEST));
        }
        return given;
    }

    private static String network(@Nullable String network) {
        String named = network == null ? "" : network.strip().toLowerCase(Locale.ROOT);
        if (!named.isEmpty() && !NETWORKS.contains(named)) {
            throw FaultException.invalid(
                    "/network",
                    Message.of("rights.network", "value", network.strip(), "known", String.join(", ", NETWORKS)));
        }
        return named;
    }

    /** @return what stands for him; to be kept only as a hash */
    String key() {
        return key(sort, within, value);
    }

    /** @return what he is called, for people */
    String shown() {
        return switch (sort) {
            case HANDLE -> "@" + value;
            case PROFILE -> value;
            case NAME -> value;
        };
    }

    /** @return the names that follow from this one by the way in which addresses of profiles are made */
    List<Subject> derived() {
        Matcher full = FULL.matcher(value);
        Matcher at = PROFILE.matcher(value);
        if (sort == Sort.HANDLE && full.matches()) {
            return List.of(new Subject(Sort.PROFILE, full.group(2) + "/@" + full.group(1), ""));
        }
        return sort == Sort.PROFILE && at.matches()
                ? List.of(new Subject(Sort.HANDLE, at.group(2) + "@" + at.group(1), ""))
                : List.of();
    }

    /**
     * @return by which names the author of a mention is known for sure: his handle within its network, and the address of his profile. A
     *     short handle is somebody else's on another network, and a name as it is shown may be anybody's
     */
    static List<Subject> names(Author author, String network) {
        List<Subject> names = new ArrayList<>();
        if (author.handle() != null) {
            names.add(new Subject(Sort.HANDLE, handle(author.handle()), network.toLowerCase(Locale.ROOT)));
        }
        profile(author.url()).ifPresent(address -> names.add(new Subject(Sort.PROFILE, address, "")));
        List<Subject> all = new ArrayList<>(names);
        names.forEach(name -> all.addAll(name.derived()));
        return all;
    }

    /** @return the same for every way in which an author of a mention can be named */
    static List<String> keys(Author author, String network, String sourceId) {
        List<String> keys = new ArrayList<>();
        if (author.handle() != null) {
            String handle = handle(author.handle());
            handles(keys, handle, network);
            Matcher full = FULL.matcher(handle);
            if (full.matches()) {
                keys.add(key(Sort.PROFILE, "", full.group(2) + "/@" + full.group(1)));
            }
        }
        Optional<String> profile = profile(author.url());
        profile.ifPresent(address -> {
            keys.add(key(Sort.PROFILE, "", address));
            Matcher at = PROFILE.matcher(address);
            if (at.matches()) {
                handles(keys, at.group(2) + "@" + at.group(1), network);
            }
        });
        if (author.name() != null && !author.name().isBlank()) {
            keys.add(key(Sort.NAME, sourceId, name(author.name())));
        }
        return keys.stream().distinct().toList();
    }

    /** @return whether that handle, which others wrote, is his */
    boolean isMentionedAs(String handle) {
        return sort == Sort.HANDLE && value.equals(handle(handle));
    }

    private static void handles(List<String> keys, String handle, String network) {
        keys.add(key(Sort.HANDLE, "", handle));
        if (!network.isEmpty()) {
            keys.add(key(Sort.HANDLE, network.toLowerCase(Locale.ROOT), handle));
        }
    }

    private static String key(Sort sort, String within, String value) {
        return sort.name().toLowerCase(Locale.ROOT) + '\n' + within + '\n' + value;
    }

    private static String handle(String given) {
        return plain(given).replaceFirst("^@+", "");
    }

    private static String name(String given) {
        return plain(given).replaceAll("\\s+", " ");
    }

    private static String plain(String given) {
        return Normalizer.normalize(given, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    /** Host and path in lower case: what a profile is asked with says nothing of whose it is. */
    private static Optional<String> profile(@Nullable String address) {
        if (address == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address.strip());
            if (uri.getHost() == null) {
                return Optional.empty();
            }
            String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
            return Optional.of(plain(uri.getHost().replaceFirst("(?i)^(www|m|mobile)\\.", "") + path));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
