package org.tocsin.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.mention.Author;
import org.tocsin.mention.Counts;
import org.tocsin.mention.Item;
import org.tocsin.mention.ItemKind;

/** Items for tests. */
final class Posts {
    private Posts() {}

    static Item titled(@Nullable String title, String text) {
        Item plain = Item.of(text);
        return new Item(
                title,
                text,
                plain.language(),
                plain.sourceId(),
                plain.network(),
                plain.url(),
                plain.site(),
                plain.author(),
                plain.links(),
                plain.tags(),
                plain.mentions(),
                plain.kind(),
                false,
                false,
                plain.counts());
    }

    /** An article about which everything is known. */
    static Item article() {
        return new Item(
                "Le maire de Saint-Étienne s’explique",
                "La subvention de l'AI est discutée, voir https://www.ville.example.fr/budget/2026?page=2 @maire@ville.social #BudgetVille",
                "fr-CA",
                "source-7",
                "mastodon",
                "https://presse.example.org/une/inondations",
                "presse.example.org",
                new Author("La Rédaction du Soir", "redaction@presse.social", null),
                List.of("https://mairie.example.com/"),
                List.of("Conseil Municipal"),
                List.of("prefet@etat.social"),
                ItemKind.QUOTE,
                true,
                true,
                new Counts(120L, 4L, null, 2000L));
    }
}
