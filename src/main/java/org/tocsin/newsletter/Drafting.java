package org.tocsin.newsletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.newsletter.Newsletter.Text;

/** Reads what people write, and says what is wrong with it. */
final class Drafting {
    static final Set<String> LANGUAGES = Set.of("fr", "en");
    /** Characters; mail programs show about 70 of them (seen 2026-11). */
    static final int MOST_SUBJECT = 200;

    private static final int MOST_PREHEADER = 200;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\u2028\u2029]+");

    private final LetterComposer composer;

    Drafting(LetterComposer composer) {
        this.composer = composer;
    }

    /**
     * @param texts what a person wrote, by language; a language without a word is left out
     * @throws FaultException INVALID with every fault
     */
    Map<String, Text> texts(Map<String, Text> texts, String main) {
        List<Fault> faults = new ArrayList<>();
        Map<String, Text> clean = new HashMap<>();
        if (!LANGUAGES.contains(main)) {
            faults.add(Fault.at("/mainLanguage", Message.of("newsletter.language", "value", main)));
        }
        texts.forEach((language, text) -> {
            String at = "/texts/" + language;
            if (!LANGUAGES.contains(language)) {
                faults.add(Fault.at(at, Message.of("newsletter.language", "value", language)));
            }
            Text one = new Text(
                    line(text.subject()), line(text.preheader()), text.body().replace("\r\n", "\n"));
            bound(
                    one.subject(),
                    MOST_SUBJECT,
                    at + "/subject",
                    Message.of("newsletter.subject.long", "limit", MOST_SUBJECT),
                    faults);
            bound(
                    one.preheader(),
                    MOST_PREHEADER,
                    at + "/preheader",
                    Message.of("newsletter.preheader.long", "limit", MOST_PREHEADER),
                    faults);
            composer.faults(one.body()).forEach(why -> faults.add(Fault.at(at + "/body", why)));
            if (!one.subject().isEmpty() || !one.body().isBlank()) {
                clean.put(language, one);
            }
        });
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        return clean;
    }

    /** A line end in a header would begin another one. */
    private static String line(@Nullable String text) {
        return text == null ? "" : CONTROL.matcher(text).replaceAll(" ").strip();
    }

    private static void bound(String text, int most, String at, Message why, List<Fault> faults) {
        if (text.length() > most) {
            faults.add(new Fault(at, why, (long) most, (long) text.length()));
        }
    }

    /** @throws FaultException INVALID when it cannot go out as it is */
    static void complete(Newsletter newsletter) {
        List<Fault> faults = new ArrayList<>();
        if (!newsletter.texts().containsKey(newsletter.mainLanguage())) {
            faults.add(Fault.at(
                    "/texts/" + newsletter.mainLanguage(),
                    Message.of("newsletter.text.missing", "language", newsletter.mainLanguage())));
        }
        newsletter.texts().forEach((language, text) -> {
            if (text.subject().isBlank()) {
                faults.add(Fault.at("/texts/" + language + "/subject", Message.of("newsletter.subject.missing")));
            }
            if (text.body().isBlank()) {
                faults.add(Fault.at("/texts/" + language + "/body", Message.of("newsletter.body.missing")));
            }
        });
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
    }
}
