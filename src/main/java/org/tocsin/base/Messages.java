package org.tocsin.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of messages, in French and English; any other language is answered in English. A placeholder in a text is one of these:
 *
 * <ul>
 *   <li>{@code {name}}: the value as it is
 *   <li>{@code {name#}}: a quantity, its thousands parted as the language has it; what is no whole number stays as it is. An id, a port or a
 *       year is none
 *   <li>{@code {name@area.words}}: the value is a word of the machine, told by the text {@code area.words.<value>}, which may hold
 *       placeholders of the same message; a value without such a text stays as it is
 *   <li>{@code {name@time}}: the value is an ISO time, told as people write it
 *   <li>{@code {name?one|more}}: one of two words by a number; zero is singular in French and plural in English
 * </ul>
 */
public final class Messages {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{([a-zA-Z]+)(?:@([a-z.-]+)|\\?([^|{}]*)\\|([^|{}]*)|(#))?}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final String TIME = "time";

    private final LocalTimes times;
    private final Map<String, Properties> bundles;

    /** With times in UTC. */
    public Messages() {
        this(ZoneOffset.UTC);
    }

    /** @param zone in which times are told */
    public Messages(ZoneId zone) {
        this.times = new LocalTimes(zone);
        this.bundles = new ConcurrentHashMap<>();
    }

    /**
     * @param message what to say
     * @param locale  the reader's language
     * @return the text with its values filled in; the bare code where a text is missing (a test holds that none is)
     */
    public String text(Message message, Locale locale) {
        return text(message, "", locale);
    }

    /**
     * As above, in the words that a place has of its own: a remedy is a command at the terminal, and a button at the desk.
     *
     * @param place such as {@code desk}: the texts with its name after their code are its own; empty for none
     */
    public String text(Message message, String place, Locale locale) {
        String template = template(message.code(), place, locale);
        if (template == null) {
            return message.code() + (message.args().isEmpty() ? "" : " " + message.args());
        }
        return filled(template, message, place, locale);
    }

    /**
     * @param words of what, such as {@code web.state}
     * @param value a word of the machine, such as {@code PUBLISHED}
     * @return the word for people; the value itself where there is none (a test holds that there is)
     */
    public String word(String words, String value, Locale locale) {
        String template = template(code(words, value), locale);
        return template == null ? value : template;
    }

    private static String code(String words, String value) {
        return words + "." + value.toLowerCase(Locale.ROOT);
    }

    private String filled(String template, Message message, String place, Locale locale) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(found, message, place, locale)));
    }

    private String value(MatchResult found, Message message, String place, Locale locale) {
        String value = message.args().get(found.group(1));
        String words = found.group(2);
        if (value == null) {
            // A message that was stored by an earlier release does not know of a word that its text has since.
            return words == null ? found.group() : "";
        }
        if (words != null) {
            return words.equals(TIME) ? times.text(value, locale) : word(words, value, message, place, locale);
        }
        if (found.group(3) != null) {
            return isSingular(value, locale) ? found.group(3) : found.group(4);
        }
        boolean quantity = found.group(5) != null && WHOLE.matcher(value).matches();
        return quantity ? LocalNumbers.text(Long.parseLong(value), locale) : value;
    }

    private String word(String words, String value, Message message, String place, Locale locale) {
        String template = template(code(words, value), place, locale);
        // What names its own kind of words would never end.
        boolean plain = template == null || template.contains("@" + words);
        return plain ? word(words, value, locale) : filled(template, message, place, locale);
    }

    private static boolean isSingular(String value, Locale locale) {
        return value.equals("1") || ("fr".equals(locale.getLanguage()) && value.equals("0"));
    }

    private @Nullable String template(String code, String place, Locale locale) {
        String own = place.isEmpty() ? null : template(code + "." + place, locale);
        return own == null ? template(code, locale) : own;
    }

    private @Nullable String template(String code, Locale locale) {
        String area = code.substring(0, Math.max(0, code.indexOf('.')));
        String language = "fr".equals(locale.getLanguage()) ? "fr" : "en";
        return bundle(area, language).getProperty(code);
    }

    private Properties bundle(String area, String language) {
        return bundles.computeIfAbsent("/messages/" + area + "_" + language + ".properties", Messages::load);
    }

    private static Properties load(String path) {
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(path)) {
            if (in != null) {
                try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                    texts.load(reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
