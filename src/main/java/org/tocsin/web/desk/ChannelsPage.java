package org.tocsin.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Budget;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Connecting;
import org.tocsin.network.Networks;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ChannelAdministration;
import org.tocsin.publishing.ChannelAdministration.Spending;
import org.tocsin.web.ConnectDialogues;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.Rules;

/** The channels: how each of them is, and the dialogues by which one is connected, the same as on the command line. */
final class ChannelsPage {
    private static final String APPROVAL = "approval";
    private static final String ALT = "requireAlt";
    private static final String READ = "readEngagement";

    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final DeliveryRepository deliveries;
    private final Remarks remarks;
    private final ChannelAdministration administration;
    private final ConnectDialogues dialogues;
    private final Networks networks;
    private final Templates templates;

    ChannelsPage(DeskParts parts, Remarks remarks, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.deliveries = parts.deliveries();
        this.remarks = remarks;
        this.administration = parts.administration();
        this.dialogues = parts.dialogues();
        this.networks = parts.networks();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/channels", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/channels/connect", Scope.ADMIN, this::begin),
                Route.post("/desk/channels/connect/:id", Scope.ADMIN, this::answer),
                Route.post("/desk/channels/:id/check", Scope.MANAGE, this::check),
                Route.post("/desk/channels/:id/settings", Scope.ADMIN, this::settings),
                Route.post("/desk/channels/:id/remove", Scope.ADMIN, this::remove));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        return show(status, visit, "", faults);
    }

    /** @param refused of which channel what was typed is shown in the place of what is set; empty for none */
    private Response show(int status, Visit visit, String refused, List<String> faults) {
        List<Account> all = unitOfWork.read(tx -> {
            Set<String> usual = Set.copyOf(channels.defaultSet(tx, visit.actor().branch()));
            List<Account> accounts = new ArrayList<>();
            for (Channel channel : channels.all(tx, visit.actor().branch())) {
                accounts.add(account(visit, channel, channels.health(tx, channel.id()), usual.contains(channel.id())));
            }
            return accounts;
        });
        return templates.page(
                status,
                "channels",
                visit,
                "told",
                remarks.of(visit),
                "channels",
                all,
                "refused",
                refused,
                "networks",
                dialogues.networks(),
                "faults",
                faults);
    }

    /** What a rehearsal calls its account is a word of the machine: whose rules it follows. */
    private static String shownAs(Visit visit, Channel channel, ChannelHealth health) {
        String account = health.account() == null ? "" : health.account();
        return channel.network().equals("rehearsal") && !account.isEmpty() ? visit.said(Rules.of(account)) : account;
    }

    private Account account(Visit visit, Channel channel, ChannelHealth health, boolean usual) {
        return new Account(
                channel.id(),
                channel.name(),
                channel.network(),
                Marks.letter(channel.network()),
                shownAs(visit, channel, health),
                HealthMark.of(visit, health),
                health.reason() == null ? "" : visit.said(health.reason().message()),
                health.status() == ChannelHealth.Status.UNCHECKED ? "" : visit.at(health.checkedAt()),
                channel.setting(Channel.EXPIRES_SETTING)
                        .map(end -> visit.at(Instant.parse(end)))
                        .orElse(""),
                usual,
                on(channel, APPROVAL),
                on(channel, ALT),
                administration
                        .spending(channel)
                        .map(spent -> money(visit, spent))
                        .orElse(""),
                networks.find(channel.network())
                        .map(network -> network.settings().contains(Budget.CEILING_SETTING))
                        .orElse(false),
                channel.setting(Budget.CEILING_SETTING).orElse(""),
                on(channel, READ),
                dialogues.networks().contains(channel.network()));
    }

    private static boolean on(Channel channel, String setting) {
        return channel.setting(setting).map(Boolean::parseBoolean).orElse(false);
    }

    private static String money(Visit visit, Spending spent) {
        String paid = Spending.dollars(spent.spent());
        return spent.ceiling() == null
                ? visit.t("desk.channels.spent", "spent", paid)
                : visit.t("desk.channels.spent.of", "spent", paid, "ceiling", Spending.dollars(spent.ceiling()));
    }

    private Response begin(Visit visit) {
        Form form = visit.form();
        try {
            return step(
                    visit,
                    dialogues.begin(
                            visit.actor(),
                            form.get("network"),
                            form.some("channelId").orElse(null),
                            form.some("name").orElse(null),
                            false));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    private Response answer(Visit visit) {
        Form form = visit.form();
        Map<String, Secret> answers = new HashMap<>();
        form.names().stream()
                .filter(name -> name.startsWith("answer."))
                .forEach(name -> answers.put(
                        name.substring("answer.".length()),
                        Secret.of(form.get(name).strip())));
        try {
            return step(visit, dialogues.answer(visit.actor(), visit.request().param("id"), answers));
        } catch (FaultException e) {
            boolean gone = e.kind() == FaultException.Kind.NOT_FOUND;
            return show(Problems.status(e.kind()), visit, gone ? List.of(visit.t("desk.connect.gone")) : visit.said(e));
        }
    }

    private Response step(Visit visit, ConnectDialogues.Step step) {
        return switch (step) {
            case ConnectDialogues.Done ignored ->
                Templates.to(first(visit) ? "/desk/welcome" : "/desk/channels", Done.CONNECTED);
            case ConnectDialogues.Asked(String id, Connecting.Ask ask) -> ask(visit, id, ask);
        };
    }

    /** Who came from the first steps goes on with them. */
    private static boolean first(Visit visit) {
        return visit.form().get("from").equals("welcome");
    }

    /** What is wrong stands beside the field that it is of, the rest above them all. */
    private Response ask(Visit visit, String id, Connecting.Ask ask) {
        Map<String, String> wrong = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Fault fault : ask.faults()) {
            String field = fault.pointer().replaceFirst("^/", "");
            String said = visit.said(fault.message());
            if (ask.fields().stream().anyMatch(one -> one.name().equals(field)) && !wrong.containsKey(field)) {
                wrong.put(field, said);
            } else {
                faults.add(said);
            }
        }
        return templates.page(
                ask.faults().isEmpty() ? 200 : 422,
                "connect",
                visit,
                "id",
                id,
                "ask",
                ask,
                "first",
                first(visit),
                "faults",
                faults,
                "wrong",
                wrong);
    }

    private Response check(Visit visit) {
        try {
            administration.check(visit.actor(), visit.request().param("id"));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/channels", Done.CHECKED);
    }

    private Response settings(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        Channel channel = unitOfWork
                .read(tx -> channels.find(tx, id))
                .filter(found -> found.branch().equals(visit.actor().branch()))
                .orElseThrow(() -> FaultException.notFound("channel", id));
        try {
            administration.save(
                    visit.actor(),
                    new ChannelAdministration.Wanted(
                            id,
                            form.some("name")
                                    .filter(name -> !name.equals(form.get("seen.name")))
                                    .orElse(null),
                            channel.network(),
                            wanted(form),
                            Map.of(),
                            turned(form, "usual") ? form.on("usual") : null,
                            false));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, id, visit.said(e));
        }
        return Templates.to(remarks.with(visit, "/desk/channels", unapproved(visit, channel)), Done.SAVED);
    }

    /** Only what was changed on the page: what somebody else has changed since it was opened stays. An amount may have a comma. */
    private static Map<String, String> wanted(Form form) {
        Map<String, String> settings = new HashMap<>();
        for (String box : form.on("ceiling") ? List.of(APPROVAL, ALT, READ) : List.of(APPROVAL, ALT)) {
            if (turned(form, box)) {
                settings.put(box, form.on(box) ? "true" : "");
            }
        }
        if (form.on("ceiling") && !form.get("ceiling").strip().equals(form.get("seen.ceiling"))) {
            settings.put(Budget.CEILING_SETTING, form.some("ceiling").orElse("").replace(',', '.'));
        }
        return settings;
    }

    /** Whether a box stands otherwise than it stood on the page; a form that does not say how it stood means what it says. */
    private static boolean turned(Form form, String box) {
        return !form.on("seen")
                || form.on(box) != List.of(form.get("seen").split(" ")).contains(box);
    }

    /** What is planned already goes out as it was accepted; whoever asks for approval is told how much that is. */
    private List<Message> unapproved(Visit visit, Channel before) {
        if (!visit.form().on(APPROVAL) || "true".equals(before.settings().get(APPROVAL))) {
            return List.of();
        }
        long planned = unitOfWork.read(tx -> deliveries.inState(tx, DeliveryState.SCHEDULED).stream()
                .filter(delivery -> delivery.channelId().equals(before.id()) && !Rows.awaiting(delivery))
                .count());
        return planned == 0
                ? List.of()
                : List.of(Message.of(
                        "desk.channels.approval.planned",
                        "count",
                        planned,
                        "channel",
                        visit.form().some("name").orElse(before.name())));
    }

    private Response remove(Visit visit) {
        if (!visit.form().on("sure")) {
            return show(422, visit, List.of(visit.t("desk.channels.remove.sure")));
        }
        administration.remove(visit.actor(), visit.request().param("id"));
        return Templates.to("/desk/channels", Done.CHANNEL_REMOVED);
    }
}
