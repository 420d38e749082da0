package org.tocsin.web.desk;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.VisibleText;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.watch.Hit;

/** Mentions as people see them. */
final class HeardRows {
    private HeardRows() {}

    /**
     * @param names   of sources, by id
     * @param hits    what is marked
     * @param alertId as for a row, as what follows
     */
    static HeardRow of(
            Visit visit,
            Mention mention,
            Map<String, String> names,
            List<Hit> hits,
            String alertId,
            String watch,
            String more) {
        HeardItem heard = mention.heard();
        String name = heard.author().name() != null
                ? heard.author().name()
                : heard.author().handle();
        String who = Stream.of(name, names.getOrDefault(mention.sourceId(), ""))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" · "));
        boolean gone = mention.deletedAt() != null;
        return new HeardRow(
                alertId,
                watch,
                heard.title() == null ? List.of() : Piece.of(heard.title(), hits, Hit.Field.TITLE),
                gone
                        ? List.of(new Piece(visit.t("desk.listen.gone"), false))
                        : Piece.of(heard.text(), hits, Hit.Field.TEXT),
                VisibleText.of(who),
                visit.at(mention.at()),
                heard.url(),
                heard.url() == null
                        ? ""
                        : String.valueOf(URI.create(heard.url()).getHost()),
                more);
    }
}
