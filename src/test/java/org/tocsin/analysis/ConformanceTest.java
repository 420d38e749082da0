package org.tocsin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the words of a text are: the definition of the analysis, frozen. A form is written {@code position:form}, with {@code +length} where
 * it spans several, {@code '} where an article was taken off, {@code #} from a tag; tags and handles have their sign.
 * A change here is a new {@link Analysis#VERSION}.
 */
class ConformanceTest {
    private final Analysis analysis = new Analysis();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # elision, with both apostrophes
            l'école                     | 0:ecole'
            L’ÉCOLE                     | 0:ecole'
            j'ai                        | 0:ai'
            l'AI                        | 0:ai'
            qu'Anne                     | 0:anne'
            jusqu’à                     | 0:a'
            l'arbre d'Anne              | 0:arbre' 1:anne'
            aujourd'hui                 | 0:aujourd'hui 0:aujourdhui 0:hui'
            d’aujourd’hui               | 0:aujourd'hui' 0:aujourdhui' 0:hui'
            presqu'île                  | 0:presqu'ile 0:presquile 0:ile'
            d'Artagnan                  | 0:d'artagnan 0:dartagnan 0:artagnan'
            O'Connor                    | 0:o'connor 0:oconnor
            l'avant-garde               | 0:avant' 0:avantgarde+2 1:garde
            # English possessives
            Macron's                    | 0:macron 0:macron's
            Macron’s plan               | 0:macron 0:macron's 1:plan
            # accents, ligatures, forms of letters
            Où                          | 0:ou
            œuvre                       | 0:oeuvre
            ŒUVRE                       | 0:oeuvre
            Lætitia                     | 0:laetitia
            Straße STRASSE              | 0:strasse 1:strasse
            İstanbul ısı                | 0:istanbul 1:isi
            ΣΑΣ σας                     | 0:σασ 1:σασ
            Ｖｉｌｌｅ                        | 0:ville
            ﬁn                          | 0:fin
            # hyphens, saints
            COVID-19                    | 0:covid 0:covid19+2 1:19
            covid19                     | 0:covid19
            Saint-Étienne               | 0:saint 0:saintetienne+2 1:etienne
            St Etienne                  | 0:saint 1:etienne
            St-Étienne                  | 0:saint 0:saintetienne+2 1:etienne
            Ste-Foy                     | 0:sainte 0:saintefoy+2 1:foy
            Saint-Denis-en-Val          | 0:saint 0:saintdenisenval+4 1:denis 2:en 3:val
            Paris–Nice                  | 0:paris 0:parisnice+2 1:nice
            # inclusive forms
            citoyen·ne·s                | 0:citoyen 0:citoyens 0:citoyenne 0:citoyennes
            élu(e)s                     | 0:elu 0:elus 0:elue 0:elues
            élu·es locaux               | 0:elu 0:elus 0:elue 0:elues 1:locaux
            élu.e.s                     | 0:elu 0:elus 0:elue 0:elues
            élu-e-s                     | 0:elu 0:elus 0:elue 0:elues
            directeur·rice              | 0:directeur 0:directeurs 0:directrice 0:directrices
            acteurs·trices              | 0:acteurs 0:acteur 0:actrice 0:actrices
            heureux·se                  | 0:heureux 0:heureuse 0:heureuses
            maire(s)                    | 0:maire 0:maires
            dis-le                      | 0:dis 0:disle+2 1:le
            # acronyms with dots, sentences without a blank, domains
            O.N.U.                      | 0:onu
            l’O.N.U.                    | 0:onu'
            fin.Le maire                | 0:fin 0:fin.le+2 1:le 2:maire
            ville.fr                    | 0:ville 0:ville.fr+2 1:fr
            AT&T                        | 0:at 0:at&t+2 1:t
            # names with signs, numbers
            C++                         | 0:c++ 0:c
            Google+                     | 0:google+ 0:google
            C#                          | 0:c# 0:c
            a+b                         | 0:a 1:b
            n°12                        | 0:n°12+2 0:n° 1:12
            N° 12                       | 0:n°12+2 0:n° 1:12
            nº12                        | 0:n°12+2 0:n° 1:12
            n° spécial                  | 0:n° 1:special
            18:30                       | 0:18 1:30
            "3,5 et 1.000"              | "0:3,5 1:et 2:1.000"
            $AAPL                       | 0:$aapl 0:aapl
            # tags
            "#ÉcolePublique"            | 0:#ecolepublique+2 0:ecolepublique#+2 0:ecole# 1:publique#
            "#JO2024"                   | 0:#jo2024+2 0:jo2024#+2 0:jo# 1:2024#
            "#FaisonsMieux"             | 0:#faisonsmieux+2 0:faisonsmieux#+2 0:faisons# 1:mieux#
            "#SNCFConnect"              | 0:#sncfconnect+2 0:sncfconnect#+2 0:sncf# 1:connect#
            "#saintetienne"             | 0:#saintetienne 0:saintetienne#
            "#stop_violences"           | 0:#stopviolences+2 0:stopviolences#+2 0:stop# 1:violences#
            "#2024"                     | 0:2024
            # handles, links
            @Maire dit                  | 0:@maire 1:dit
            @maire@ville.social         | 0:@maire@ville.social 0:@maire
            @maire.bsky.social.         | 0:@maire.bsky.social
            .@Maire dit                 | 0:@maire 1:dit
            a-@ville.fr                 | 0:a 1:ville 1:ville.fr+2 2:fr
            "#हिन्दी"                     | 0:#हिन्दी 0:हिन्दी#
            https://ex.fr/aで地          | 1:で 1:で地+2 2:地
            info@ville.fr               | 0:info 1:ville 1:ville.fr+2 2:fr
            did:plc:abc123 dit          | 0:@did:plc:abc123 1:dit
            voir https://ex.fr/a?b=c.   | 0:voir
            (www.ex.fr) oui             | 1:oui
            # emoji
            👍🏽                          | 0:👍🏽 0:👍
            👨‍👩‍👧                         | 0:👨‍👩‍👧
            🇫🇷 ❤️                       | 0:🇫🇷 1:❤
            # scripts without blanks
            日本語                       | 0:日 0:日本+2 1:本 1:本語+2 2:語
            한국어                       | 0:한국어
            # what nobody sees
            vi\\u200blle                | 0:ville
            vi\\u00adlle                | 0:ville
            \\u202eville\\u202c          | 0:ville
            a\\u0000b                   | 0:ab
            e\\u0301cole                | 0:ecole
            """)
    void a_text_has_these_words(String text, String expected) {
        assertThat(tokens(analysis.text(unescaped(text)))).isEqualTo(expected);
    }

    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    static String tokens(Tokens tokens) {
        return tokens.tokens().stream().map(ConformanceTest::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Token token) {
        String sign = token.kind() == Token.Kind.TAG ? "#" : token.kind() == Token.Kind.HANDLE ? "@" : "";
        return token.position() + ":" + sign + token.form() + (token.is(Token.ELIDED) ? "'" : "")
                + (token.is(Token.FROM_TAG) ? "#" : "") + (token.length() > 1 ? "+" + token.length() : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            école              | ecole              |
            l'école            | ecole              |
            St-Denis           | saint denis        | saintdenis
            COVID-19           | covid 19           | covid19
            citoyen·ne·s       | citoyen            |
            C++                | c++                |
            n°12               | n° 12              | n°12
            18:30              | 18 30              |
            日本語              | 日本 語             |
            aujourd’hui        | aujourd'hui        |
            Macron's           | macron             |
            ville.fr           | ville fr           | ville.fr
            !!!                | ""                 |
            """)
    void a_word_of_a_query_is_looked_for_like_this(String word, String path, String glued) {
        QueryWord found = analysis.word(word);
        List<String> forms = found.path().stream().map(QueryWord.Part::form).toList();
        assertThat(String.join(" ", forms)).isEqualTo(path);
        QueryWord.Part whole = found.glued();
        assertThat(whole == null ? null : whole.form()).isEqualTo(glued);
    }
}
