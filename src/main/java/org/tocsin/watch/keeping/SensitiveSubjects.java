package org.tocsin.watch.keeping;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.Message;

/**
 * Words that seem to be the name of a person, or to be about what article 9 of the GDPR protects: health, belief, origin, sexual life, membership of
 * a union. To watch them needs a reason. A hint and no judgement: whether a person is a public one, nobody can tell by the name.
 */
final class SensitiveSubjects {
    private static final String NAME = "\\p{Lu}[\\p{L}'’-]+";
    private static final Pattern PERSON =
            Pattern.compile("[\"«“]\\s*(" + NAME + ")((?:\\s+" + NAME + "){1,2})\\s*[\"»”]");

    /** A name that begins so is that of a place or of a body. */
    private static final Set<String> PLACES = Set.of(
            "allee",
            "association",
            "avenue",
            "boulevard",
            "bibliotheque",
            "centre",
            "chemin",
            "city",
            "club",
            "college",
            "commune",
            "conseil",
            "cours",
            "creche",
            "departement",
            "ecole",
            "eglise",
            "espace",
            "gare",
            "hopital",
            "hotel",
            "impasse",
            "journal",
            "la",
            "lac",
            "le",
            "les",
            "lycee",
            "mairie",
            "marche",
            "mont",
            "musee",
            "new",
            "ouest",
            "parc",
            "piscine",
            "place",
            "plan",
            "pont",
            "port",
            "pays",
            "quai",
            "quartier",
            "radio",
            "region",
            "rue",
            "saint",
            "sainte",
            "salle",
            "square",
            "stade",
            "street",
            "syndicat",
            "the",
            "town",
            "tour",
            "tramway",
            "universite",
            "vallee",
            "ville",
            "villa");

    private static final List<String> MATTERS = List.of(
            "islam",
            "musulman",
            "muslim",
            "juif",
            "juive",
            "jewish",
            "judai",
            "catholi",
            "chretien",
            "christian",
            "protestant",
            "bouddh",
            "buddhis",
            "athee",
            "atheis",
            "homosex",
            "lesbi",
            "bisex",
            "transgen",
            "transsex",
            "seropositi",
            "vih",
            "hiv",
            "cancer",
            "depressi",
            "schizo",
            "autis",
            "handicap",
            "disabled",
            "toxicoman",
            "addict",
            "tsigane",
            "gypsy",
            "immigre",
            "sans-papiers",
            "syndique",
            "syndicalist",
            "unionist");

    private SensitiveSubjects() {}

    /** @return what is asked; empty where nothing seems to be of that kind */
    static Optional<Message> in(String query) {
        Matcher person = PERSON.matcher(query);
        while (person.find()) {
            if (!PLACES.contains(plain(person.group(1)))) {
                return Optional.of(Message.of("watching.reason.person", "name", person.group(1) + person.group(2)));
            }
        }
        for (String word : plain(query).split("[^\\p{L}-]+")) {
            if (MATTERS.stream().anyMatch(word::startsWith)) {
                return Optional.of(Message.of("watching.reason.matter", "word", word));
            }
        }
        return Optional.empty();
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}+", "")
                .toLowerCase(Locale.ROOT);
    }
}
