package org.tocsin.web.desk;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.FaultException;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Scope;
import org.tocsin.publishing.Slot;
import org.tocsin.publishing.Slots;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The weekly times of the channels. */
final class SlotsPage {
    private final UnitOfWork unitOfWork;
    private final ChannelRepository channels;
    private final Slots slots;
    private final Times times;
    private final Templates templates;

    SlotsPage(DeskParts parts, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.channels = parts.channels();
        this.slots = parts.slots();
        this.times = times;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/calendar/slots", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/calendar/slots", Scope.MANAGE, this::add),
                Route.post("/desk/calendar/slots/:id/remove", Scope.MANAGE, this::remove));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        List<Channel> all = unitOfWork.read(tx -> channels.all(tx, visit.user().branch()));
        Map<String, Channel> byId = all.stream().collect(Collectors.toMap(Channel::id, Function.identity()));
        return templates.page(
                status,
                "slots",
                visit,
                "slots",
                slots.all(visit.actor()).stream()
                        .flatMap(slot ->
                                Stream.ofNullable(byId.get(slot.channelId())).map(channel -> row(visit, slot, channel)))
                        .toList(),
                "channels",
                all.stream().map(one -> new Choice(one.id(), one.name())).toList(),
                "weekdays",
                Stream.of(DayOfWeek.values())
                        .map(day -> new Choice(day.name().toLowerCase(Locale.ROOT), times.weekday(day, visit.locale())))
                        .toList(),
                "faults",
                faults);
    }

    private SlotRow row(Visit visit, Slot slot, Channel channel) {
        return new SlotRow(
                slot.id(),
                channel.name(),
                channel.network(),
                Marks.letter(channel.network()),
                times.weekday(slot.weekday(), visit.locale()) + " "
                        + LocalTimes.hour(slot.time().atDate(LocalDate.EPOCH), visit.locale()));
    }

    private Response add(Visit visit) {
        Form form = visit.form();
        try {
            slots.add(visit.actor(), form.get("channel"), form.get("weekday"), form.get("time"));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/calendar/slots", Done.SAVED);
    }

    private Response remove(Visit visit) {
        slots.remove(visit.actor(), visit.request().param("id"));
        return Templates.to("/desk/calendar/slots", Done.SAVED);
    }
}
