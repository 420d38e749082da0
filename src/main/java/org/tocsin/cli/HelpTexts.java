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
        return texts.getProperty(AREA + key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.stringPropertyNames().stream()
                .map(name -> name.substring(AREA.length()))
                .toList());
    }
}
