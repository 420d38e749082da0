package org.tocsin.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.tocsin.base.Fault;
import org.tocsin.base.Message;

/** The lines of a file of settings, each with its place: the form is that of {@link Properties}, but that no key may be there twice. */
final class SettingsFile {
    private static final long MAX_BYTES = 1_000_000;

    private final Path file;
    private final List<Fault> faults;
    private final Map<String, Line> lines;

    /** A value and the number of the line on which it begins. */
    record Line(String value, int number) {}

    private SettingsFile(Path file) {
        this.file = file;
        this.faults = new ArrayList<>();
        this.lines = new TreeMap<>();
    }

    /** @param file need not exist */
    static SettingsFile read(Path file) {
        SettingsFile read = new SettingsFile(file);
        if (Files.exists(file)) {
            read.load();
        }
        return read;
    }

    List<Fault> faults() {
        return faults;
    }

    /** @return by key */
    Map<String, Line> lines() {
        return lines;
    }

    /** @return {@code file:line} */
    String where(Line line) {
        return file + ":" + line.number();
    }

    /** @return whether others than the owner can read it */
    boolean open() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            // A system without such permissions has none to check; a file that cannot be read was told already.
            return false;
        }
    }

    private void load() {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            if (Files.size(file) > MAX_BYTES) {
                fault(Message.of("config.file.large", "where", file, "limit", MAX_BYTES));
                return;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            split(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            fault(Message.of("config.file.text", "where", file));
        } catch (IOException e) {
            fault(Message.of("config.file.unreadable", "where", file, "file", file));
        }
    }

    private void split(String text) {
        List<String> natural = text.lines().toList();
        for (int i = 0; i < natural.size(); i++) {
            int begin = i + 1;
            StringBuilder logical = new StringBuilder(natural.get(i));
            boolean comment = natural.get(i).stripLeading().startsWith("#")
                    || natural.get(i).stripLeading().startsWith("!");
            while (!comment && continues(natural.get(i)) && i + 1 < natural.size()) {
                i++;
                logical.append('\n').append(natural.get(i));
            }
            line(logical.toString(), begin);
        }
    }

    /** An odd number of backslashes at the end. */
    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void line(String text, int number) {
        Properties one = new Properties();
        String where = file + ":" + number;
        try {
            one.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            fault(Message.of("config.line.wrong", "where", where, "why", String.valueOf(e.getMessage())));
            return;
        }
        for (String key : one.stringPropertyNames()) {
            Line before = lines.putIfAbsent(key, new Line(one.getProperty(key).strip(), number));
            if (before != null) {
                faults.add(Fault.at(
                        "/" + key,
                        Message.of("config.key.twice", "where", where, "key", key, "line", before.number())));
            }
        }
    }

    private void fault(Message message) {
        faults.add(Fault.at("/", message));
    }
}
