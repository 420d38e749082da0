package org.tocsin.web.desk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.publishing.Campaigns;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Campaigns: their days, their hashtag, where their posts go, and what is added to their links. */
public final class CampaignPages {
    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final Campaigns campaigns;
    private final BringingPages bringing;
    private final Templates templates;

    CampaignPages(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.campaigns = parts.campaigns();
        this.bringing = new BringingPages(parts);
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/campaigns", Scope.MANAGE, visit -> show(200, visit, asked(visit), List.of())),
                Route.post("/desk/campaigns", Scope.MANAGE, this::save),
                Route.post("/desk/campaigns/:id/remove", Scope.MANAGE, this::remove));
    }

    /**
     * What stands in the form.
     *
     * @param utm     a line each, {@code utm_source=lettre}
     * @param domains a line each
     * @param version of the campaign that is changed; empty for a new one
     */
    public record Plan(
            String id,
            String name,
            String hashtag,
            String from,
            String until,
            List<String> channels,
            String utm,
            String domains,
            String version) {
        static final Plan EMPTY = new Plan("", "", "", "", "", List.of(), "", "", "");

        static Plan of(Campaign one) {
            return new Plan(
                    one.id(),
                    one.name(),
                    or(one.hashtag()),
                    or(one.from()),
                    or(one.until()),
                    one.channels(),
                    new TreeMap<>(one.utm())
                            .entrySet().stream()
                                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                                    .collect(Collectors.joining("\n")),
                    String.join("\n", one.domains()),
                    String.valueOf(one.version()));
        }

        static Plan of(Form form) {
            return new Plan(
                    form.get("id"),
                    form.get("name"),
                    form.get("hashtag"),
                    form.get("from"),
                    form.get("until"),
                    form.all("channel"),
                    form.get("utm"),
                    form.get("domains"),
                    form.get("version"));
        }

        private static String or(@Nullable Object value) {
            return value == null ? "" : value.toString();
        }

        /** @throws FaultException INVALID where a line of the parameters has no {@code =} */
        Campaigns.Wanted wanted() {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String line : lines(utm)) {
                String[] pair = line.split("=", 2);
                if (pair.length < 2 || pair[1].isBlank()) {
                    throw FaultException.invalid("/utm", Message.of("desk.campaign.utm.line", "value", line));
                }
                parameters.put(pair[0].strip(), pair[1].strip());
            }
            return new Campaigns.Wanted(
                    id.strip(),
                    some(name),
                    some(hashtag),
                    some(from),
                    some(until),
                    channels,
                    parameters,
                    lines(domains),
                    version.isBlank() ? null : Long.valueOf(version));
        }

        private static @Nullable String some(String value) {
            return value.isBlank() ? null : value.strip();
        }

        private static List<String> lines(String text) {
            return Arrays.stream(text.split("\n"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private Plan asked(Visit visit) {
        return visit.query("id")
                .flatMap(id -> campaigns.all(visit.actor()).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst())
                .map(Plan::of)
                .orElse(Plan.EMPTY);
    }

    private Response show(int status, Visit visit, Plan plan, List<String> faults) {
        List<Chip> all = unitOfWork.read(tx -> channels.all(tx, visit.user().branch()).stream()
                .map(one -> new Chip(
                        one.id(),
                        one.name(),
                        one.network(),
                        Marks.letter(one.network()),
                        HealthMark.of(visit, channels.health(tx, one.id())),
                        plan.channels().contains(one.id())))
                .toList());
        return templates.page(
                status,
                "campaigns",
                visit,
                "campaigns",
                campaigns.all(visit.actor()).stream()
                        .map(one -> new Choice(one.id(), one.name()))
                        .toList(),
                "channels",
                all,
                "plan",
                plan,
                "bringing",
                plan.version().isEmpty() ? Bringing.NONE : bringing.ofCampaign(visit, plan.id()),
                "faults",
                faults);
    }

    private Response save(Visit visit) {
        Plan plan = Plan.of(visit.form());
        if (!plan.version().isEmpty()) {
            visit.form().version();
        }
        try {
            campaigns.save(visit.actor(), plan.wanted());
            return Templates.to("/desk/campaigns", Done.SAVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, plan, visit.said(e));
        }
    }

    private Response remove(Visit visit) {
        try {
            campaigns.remove(visit.actor(), visit.request().param("id"));
            return Templates.to("/desk/campaigns", Done.CAMPAIGN_REMOVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, asked(visit), visit.said(e));
        }
    }
}
