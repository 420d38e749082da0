package org.tocsin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What the help says of commands and options, in the reader's language: the texts of the area {@code help}, by picocli's keys. */
final class HelpTexts extends ResourceBundle {
    private static final String AREA = "help.";

    /** Characters on a line beside the name of a command, of the 80 that a line has. */
    private static final int SENTENCE = 64;
    /** Characters on a line beside an option. */
    private static final int EXPLANATION = 48;

    private final Properties texts;

    HelpTexts(Locale locale) {
        this.texts = load("/messages/help_" + ("fr".equals(locale.getLanguage()) ? "fr" : "en") + ".properties");
    }

    private static Properties load(String path) {
        Properties all = new Properties();
        try (InputStream in = HelpTexts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in this build");
            }
            all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        String text = texts.getProperty(AREA + key);
        if (text == null || key.endsWith("Heading")) {
            return text;
        }
        return wrapped(text, key.endsWith("usage.description") ? SENTENCE : EXPLANATION);
    }

    /** Picocli breaks lines inside addresses and after apostrophes; what is broken at blanks before fits, and is left alone. */
    private static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > width) {
                lines.append("%n");
                column = 0;
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.stringPropertyNames().stream()
                .map(name -> name.substring(AREA.length()))
                .toList());
    }
}
