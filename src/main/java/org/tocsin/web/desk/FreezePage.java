package org.tocsin.web.desk;

import java.text.Collator;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Freeze;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Freezes;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Freezes, now and planned: electoral silence is a law with a fine, and whoever orders it may have a phone and nothing else. */
final class FreezePage {
    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final Freezes freezes;
    private final Clock clock;
    private final Templates templates;

    FreezePage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.freezes = parts.freezes();
        this.clock = parts.clock();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/freeze", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/freeze", Scope.MANAGE, this::order),
                Route.post("/desk/freeze/:id/end", Scope.MANAGE, this::end));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        Instant now = clock.instant();
        Map<String, String> names = new LinkedHashMap<>();
        unitOfWork
                .read(tx -> channels.all(tx, visit.actor().branch()))
                .forEach(channel -> names.put(channel.id(), channel.name()));
        List<Silence> standing = freezes.standing(visit.actor().branch()).stream()
                .map(freeze -> silence(visit, freeze, names, now))
                .toList();
        return templates.page(status, "freeze", visit, "standing", standing, "channels", names, "faults", faults);
    }

    private Silence silence(Visit visit, Freeze freeze, Map<String, String> names, Instant now) {
        boolean begun = !freeze.from().isAfter(now);
        String from = visit.at(freeze.from());
        String when = freeze.until() == null
                ? visit.t("desk.freeze.open", "from", from)
                : visit.t("desk.freeze.span", "from", from, "until", visit.at(freeze.until()));
        int held = freezes.holds(freeze).deliveries();
        return new Silence(
                freeze.id(),
                begun,
                when,
                freeze.channels().isEmpty()
                        ? visit.t("desk.freeze.everywhere")
                        : freeze.channels().stream()
                                .map(channel -> names.getOrDefault(channel, channel))
                                .sorted(Collator.getInstance(visit.locale()))
                                .collect(Collectors.joining(", ")),
                freeze.reason(),
                held == 0 ? visit.t("desk.freeze.holds.none") : visit.t("desk.freeze.holds", "count", held));
    }

    private Response order(Visit visit) {
        Form form = visit.form();
        try {
            freezes.order(
                    visit.actor(),
                    time(form, "from"),
                    time(form, "until"),
                    null,
                    Set.copyOf(form.all("channel")),
                    form.get("reason"));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/freeze", Done.FROZEN);
    }

    private static @Nullable String time(Form form, String name) {
        return form.some(name).orElse(null);
    }

    private Response end(Visit visit) {
        try {
            freezes.end(visit.actor(), visit.request().param("id"), visit.form().get("reason"));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/freeze", Done.THAWED);
    }
}
