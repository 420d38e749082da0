package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.web.Request;

/** The fields of a form. */
public final class Form {
    static final Form EMPTY = new Form(Map.of());

    private static final int MOST_FIELDS = 1000;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** @throws FaultException MALFORMED when the body is no form */
    static Form read(Request request) {
        String type = request.header("content-type").orElse("").split(";", 2)[0].strip();
        if (!type.toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded")) {
            throw malformed();
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        try (InputStream in = request.body().open()) {
            String[] pairs = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("&");
            if (pairs.length > MOST_FIELDS) {
                throw malformed();
            }
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw malformed();
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static FaultException malformed() {
        return new FaultException(Kind.MALFORMED, Fault.at("", Message.of("desk.form.malformed")));
    }

    /** @return all that was sent, for comparing it */
    Map<String, List<String>> whole() {
        return fields;
    }

    /** @return what was sent */
    Set<String> names() {
        return Set.copyOf(fields.keySet());
    }

    /** @return the field; empty where it was not sent */
    public String get(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        // Browsers send line ends as CR LF (HTML, 4.10.21.4); a network would count both.
        return values.isEmpty() ? "" : values.getFirst().replace("\r\n", "\n");
    }

    /** @return what was typed there and refused, though it was nothing; the other where the field was not sent */
    public String kept(String name, String otherwise) {
        return on(name) ? get(name) : otherwise;
    }

    /** @return as above, where the form that was sent is the one that says so of itself */
    public String kept(String name, String otherwise, String mark, String marked) {
        return get(mark).equals(marked) ? kept(name, otherwise) : otherwise;
    }

    /** @return the field, where something was typed */
    Optional<String> some(String name) {
        return Optional.of(get(name).strip()).filter(value -> !value.isEmpty());
    }

    /** @return every value of a field that may be there more than once */
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** @return whether a box was ticked */
    public boolean on(String name) {
        return fields.containsKey(name);
    }

    /**
     * What a form that has several buttons is to do. A script, or a page from before, may send none of them, and then nothing is done:
     * no button stands for what was not said.
     *
     * @param known what the buttons of the form send
     * @throws FaultException MALFORMED where it is none of these
     */
    String act(String... known) {
        String act = get("act");
        if (!List.of(known).contains(act)) {
            throw malformed();
        }
        return act;
    }

    /** @return the version that was seen */
    long version() {
        String text = get("version");
        if (!text.matches("\\d{1,18}")) {
            throw malformed();
        }
        return Long.parseLong(text);
    }

    /** @return the version that was seen, another one where the form has none */
    long seen(long otherwise) {
        return on("version") ? version() : otherwise;
    }
}
