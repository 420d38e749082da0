package org.tocsin.mention.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Recorded;

/** Feeds as real programs write them: WordPress, GitHub, Hugo, a JSON feed of Micro.blog's kind, and SPIP's RDF in ISO-8859-1. */
class GeneratorFeedsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            wordpress.xml | application/rss+xml; charset=UTF-8 | La Gazette de la ville | La piscine ferme – jusqu’en mars | Rose Martin | https://gazette.example/2026/11/piscine/ | fr-FR | 2026-11-26T09:12:45Z | Le bassin ferme pour travaux.
            github.atom | application/atom+xml; charset=utf-8 | Release notes from agenda | v2.1 | rose | https://github.com/ville/agenda/releases/tag/v2.1 | - | 2026-11-26T09:12:45Z | Opening hours of the swimming pool.
            hugo.xml | application/xml | Association du quartier | Fête de l’hiver | - | https://quartier.example/posts/fete/ | fr | 2026-11-26T08:12:45Z | Vin chaud à 18 h.
            micro.json | application/feed+json | Carnet de Rose | - | Rose | https://rose.example/2026/11/26/piscine.html | fr | 2026-11-26T09:12:45Z | La piscine ferme.
            spip.rdf | text/xml | Mairie | Conseil municipal du 3 décembre | Le secrétariat | https://mairie.example/spip.php?article12 | fr | 2026-11-26T09:12:45Z | À 20 h, salle des fêtes.
            """)
    void is_read_as_it_was_meant(
            String file,
            String type,
            String title,
            @Nullable String headline,
            @Nullable String author,
            String url,
            @Nullable String language,
            Instant at,
            String begins)
            throws IOException {
        Parsed feed = new FeedParser()
                .read(Recorded.bytes("feeds/" + file), type, URI.create("https://base.example/" + file), Recorded.NOW)
                .orElseThrow();
        assertThat(feed.title()).isEqualTo(title);
        List<HeardItem> items = feed.items();
        assertThat(items).hasSize(1);
        HeardItem item = items.getFirst();
        assertThat(item.title()).isEqualTo(headline);
        assertThat(item.author().name()).isEqualTo(author);
        assertThat(item.url()).isEqualTo(url);
        assertThat(item.language()).isEqualTo(language);
        assertThat(item.publishedAt()).isEqualTo(at);
        assertThat(item.kind()).isEqualTo(ItemKind.ARTICLE);
        assertThat(item.text()).startsWith(begins);
        assertThat(item.counts().likes()).isNull();
    }
}
