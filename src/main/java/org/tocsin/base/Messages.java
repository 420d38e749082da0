package org.tocsin.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of messages, in French and English; any other language is answered in English. */
public final class Messages {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    private final Map<String, Properties> bundles;

    public Messages() {
        this.bundles = new ConcurrentHashMap<>();
    }

    /**
     * @param message what to say
     * @param locale  the reader's language
     * @return the text with its values filled in; the bare code where a text is missing (a test holds that none is)
     */
    public String text(Message message, Locale locale) {
        String area = message.code().substring(0, Math.max(0, message.code().indexOf('.')));
        String language = "fr".equals(locale.getLanguage()) ? "fr" : "en";
        String template = bundle(area, language).getProperty(message.code());
        if (template == null) {
            return message.code() + (message.args().isEmpty() ? "" : " " + message.args());
        }
        return PLACEHOLDER.matcher(template).replaceAll(match -> value(message, match.group(1)));
    }

    private static String value(Message message, String name) {
        return Matcher.quoteReplacement(message.args().getOrDefault(name, "{" + name + "}"));
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
