package org.tocsin.web.desk;

import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.alert.Notice;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.OrganisationKeeping;
import org.tocsin.people.Scope;
import org.tocsin.post.Post;
import org.tocsin.publishing.ApprovePost;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.DeliveryDecisions.Decision;
import org.tocsin.publishing.PostRepository;
import org.tocsin.publishing.RemovalDecisions;
import org.tocsin.subscriber.PersonRequests;
import org.tocsin.web.FrozenTimes;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** What needs a person, before what is under way and what is out; and the decisions. */
final class HomePage {
    private static final Set<DeliveryState> OUT = EnumSet.of(DeliveryState.PUBLISHED, DeliveryState.DELETED);
    private static final int MOST = 50;
    private static final int FEW = 10;
    private static final int MOST_OF_ALL = 1000;

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final RevisionRepository revisions;
    private final NoticeRepository notices;
    private final RemovalRepository removals;
    private final DeliveryDecisions decisions;
    private final RemovalDecisions taking;
    private final OrganisationKeeping house;
    private final ApprovePost approve;
    private final Waiting waiting;
    private final CalendarRepository calendar;
    private final PersonRequests requests;
    private final Clock clock;
    private final Rows rows;
    private final PostPage page;
    private final Templates templates;

    HomePage(DeskParts parts, Rows rows, PostPage page, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.posts = parts.posts();
        this.deliveries = parts.deliveries();
        this.channels = parts.channels();
        this.revisions = parts.revisions();
        this.notices = parts.alerting().notices();
        this.removals = parts.removals();
        this.decisions = parts.decisions();
        this.taking = parts.removalDecisions();
        this.house = parts.house();
        this.approve = parts.approve();
        this.waiting = new Waiting(parts);
        this.calendar = parts.calendar();
        this.requests = parts.signUp().requests();
        this.clock = parts.clock();
        this.rows = rows;
        this.page = page;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk", Scope.READ, visit -> show(200, visit, "", List.of())),
                Route.post("/desk/deliveries/:id/resolve", Scope.MANAGE, this::resolve),
                Route.post("/desk/deliveries/:id/retry", Scope.MANAGE, this::retry),
                Route.post("/desk/deliveries/:id/cancel", Scope.POST, this::cancel),
                Route.post("/desk/posts/:id/aside", Scope.POST, this::setAside));
    }

    /**
     * @param wrong  the delivery at which something could not be done
     * @param faults what is told there
     */
    private Response show(int status, Visit visit, String wrong, List<String> faults) {
        FrozenTimes frozen = rows.frozen(visit);
        boolean known = house.known();
        int few = whole(visit) ? MOST_OF_ALL : FEW;
        int most = whole(visit) ? MOST_OF_ALL : MOST;
        return unitOfWork.read(tx -> {
            CalendarRepository.Needs needs = waiting.deliveries(tx, visit.user().branch());
            List<Row> person = with(
                    rows.of(tx, visit, frozen, person(tx, visit, most)),
                    edits(tx, visit, frozen, Revision.State.HELD, most));
            List<Row> failed = with(
                    list(tx, visit, frozen, Waiting.FAILED, few),
                    edits(tx, visit, frozen, Revision.State.REFUSED, few));
            List<String> sentBack = approve.sentBack(tx, visit.user().branch(), Integer.MAX_VALUE);
            List<String> asked = approve.awaiting(tx, visit.user().branch(), Integer.MAX_VALUE);
            List<RequestRow> open = RequestsPage.atHome(tx, requests, visit, clock);
            List<Notice> told = NoticePages.atHome(tx, notices, visit.user(), Integer.MAX_VALUE);
            return templates.page(
                    status,
                    "home",
                    visit,
                    "fresh",
                    visit.may("ADMIN") && (!known || unposted(tx, visit)),
                    "freezes",
                    rows.freezes(tx, visit, frozen),
                    "notices",
                    told.stream()
                            .limit(FEW)
                            .map(one -> NoticePages.row(visit, one))
                            .toList(),
                    "requests",
                    open.stream().limit(FEW).toList(),
                    "person",
                    person,
                    "rest",
                    new HomeRest(
                            Math.max(0, needs.planned() - person.size()),
                            Math.max(0, asked.size() - few),
                            Math.max(0, needs.failed() - failed.size()),
                            Math.max(0, told.size() - FEW),
                            Math.max(0, open.size() - FEW),
                            Math.max(0, sentBack.size() - most)),
                    "approve",
                    groups(
                            tx,
                            visit,
                            rows.of(
                                    tx,
                                    visit,
                                    frozen,
                                    asked.stream()
                                            .limit(few)
                                            .flatMap(post -> deliveries.ofPost(tx, post).stream())
                                            .filter(Rows::awaiting)
                                            .toList())),
                    "back",
                    groups(tx, visit, back(tx, visit, frozen, sentBack.stream().limit(most))),
                    "failed",
                    failed,
                    "due",
                    groups(
                            tx,
                            visit,
                            rows.of(
                                    tx,
                                    visit,
                                    frozen,
                                    deliveries.coming(tx, visit.user().branch(), MOST).stream()
                                            .filter(delivery -> person.stream()
                                                    .noneMatch(row -> row.id().equals(delivery.id())))
                                            .toList())),
                    "out",
                    groups(tx, visit, list(tx, visit, frozen, OUT, MOST)),
                    "rehearsal",
                    channels.all(tx, visit.user().branch()).stream()
                            .filter(channel -> channel.network().equals("rehearsal"))
                            .map(Channel::name)
                            .findFirst()
                            .orElse(""),
                    "wrong",
                    wrong,
                    "faults",
                    faults);
        });
    }

    /** Whether all is asked for, by the link below what is cut short. */
    private static boolean whole(Visit visit) {
        return visit.query("show").filter("all"::equals).isPresent();
    }

    /** Each once: the rest of a thread is held while its beginning is taken back. What is late comes last, and may go by itself. */
    private List<Delivery> person(Tx tx, Visit visit, int most) {
        Map<String, Delivery> asked = new LinkedHashMap<>();
        deliveries
                .forPerson(tx, visit.user().branch(), Waiting.PERSON, most)
                .forEach(delivery -> asked.put(delivery.id(), delivery));
        removals.forPerson(tx, visit.user().branch(), most).stream()
                .flatMap(id -> deliveries.find(tx, id).stream())
                .forEach(delivery -> asked.put(delivery.id(), delivery));
        calendar.overdue(tx, visit.user().branch(), clock.instant().minus(Rows.LATE), most).stream()
                .flatMap(id -> deliveries.find(tx, id).stream())
                .forEach(delivery -> asked.put(delivery.id(), delivery));
        return List.copyOf(asked.values());
    }

    /** Who connected a channel in the first steps has left them, and finds the way back here. */
    private boolean unposted(Tx tx, Visit visit) {
        return deliveries
                .page(tx, visit.user().branch(), EnumSet.allOf(DeliveryState.class), "", 1)
                .isEmpty();
    }

    private List<Row> list(Tx tx, Visit visit, FrozenTimes frozen, Set<DeliveryState> states, int max) {
        return rows.of(tx, visit, frozen, deliveries.page(tx, visit.user().branch(), states, "", max));
    }

    /** What went nowhere for somebody has sent it back, with his reason, until it is put away. */
    private List<Row> back(Tx tx, Visit visit, FrozenTimes frozen, Stream<String> sentBack) {
        return rows.of(
                tx,
                visit,
                frozen,
                sentBack.flatMap(post -> deliveries.ofPost(tx, post).stream())
                        .filter(delivery -> delivery.state() == DeliveryState.CANCELLED)
                        .filter(delivery -> delivery.reason() != null && ApprovePost.declined(delivery.reason()))
                        .toList());
    }

    private Response setAside(Visit visit) {
        approve.setAside(visit.actor(), visit.request().param("id"));
        return Templates.to("/desk", Done.ASIDE);
    }

    /** What is out and was to be edited. */
    private List<Row> edits(Tx tx, Visit visit, FrozenTimes frozen, Revision.State state, int max) {
        return rows.of(
                tx,
                visit,
                frozen,
                revisions.deliveriesIn(tx, visit.user().branch(), state, max).stream()
                        .flatMap(id -> deliveries.find(tx, id).stream())
                        .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                        .toList());
    }

    private static List<Row> with(List<Row> rows, List<Row> more) {
        return Stream.concat(rows.stream(), more.stream()).toList();
    }

    /** Each post by the name it goes by: its own text, where one channel may have been given another. */
    private List<Group> groups(Tx tx, Visit visit, List<Row> rows) {
        Map<String, List<Row>> byPost =
                rows.stream().collect(Collectors.groupingBy(Row::postId, LinkedHashMap::new, Collectors.toList()));
        Map<String, Post> known = posts.find(tx, visit.user().branch(), byPost.keySet());
        return byPost.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey(),
                        Optional.ofNullable(known.get(entry.getKey()))
                                .map(post -> Rows.shorten(post.text()))
                                .filter(text -> !text.isBlank())
                                .orElse(entry.getValue().getFirst().text()),
                        entry.getValue()))
                .toList();
    }

    private Response resolve(Visit visit) {
        long version = visit.form().version();
        String url = visit.form().some("url").orElse(null);
        return decide(
                visit,
                switch (visit.form().get("decision")) {
                    case "published" -> id -> decisions.resolve(visit.actor(), id, version, Decision.PUBLISHED, url);
                    case "resend" -> id -> decisions.resolve(visit.actor(), id, version, Decision.RESEND, url);
                    case "gone" -> id -> taking.gone(visit.actor(), id, version);
                    case "delete" -> id -> taking.again(visit.actor(), id, version);
                    default -> throw Form.malformed();
                });
    }

    /** With a reason it also goes through a freeze, which is told apart in the audit trail. */
    private Response retry(Visit visit) {
        return decide(
                visit,
                id -> decisions.retry(
                        visit.actor(),
                        id,
                        visit.form().version(),
                        visit.form().some("reason").orElse(null)));
    }

    private Response cancel(Visit visit) {
        return decide(
                visit, id -> decisions.cancel(visit.actor(), id, visit.form().version()));
    }

    private Response decide(Visit visit, Consumer<String> decision) {
        String id = visit.request().param("id");
        String post = visit.form().get("post");
        boolean there = post.matches("[0-9a-f-]{36}");
        try {
            decision.accept(id);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND || e.kind() == FaultException.Kind.MALFORMED) {
                throw e;
            }
            int status = Problems.status(e.kind());
            return there ? page.refused(status, visit, post, visit.said(e)) : show(status, visit, id, visit.said(e));
        }
        return Templates.to(
                there ? "/desk/posts/" + post : Next.checked(visit.form().get("back")), Done.DECIDED);
    }
}
