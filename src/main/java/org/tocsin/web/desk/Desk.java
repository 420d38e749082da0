package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.web.Endpoint;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The desk, put together: every page behind one gate. */
public final class Desk {
    private Desk() {}

    /** @return what is served */
    public static List<Endpoint> endpoints(DeskParts parts) {
        Templates templates = new Templates();
        Times times = new Times(parts.clock(), parts.zone(), parts.messages());
        Gate gate = new Gate(
                parts.unitOfWork(),
                new Waiting(parts),
                parts.channels(),
                parts.signIn(),
                parts.messages(),
                times,
                templates,
                parts.publicUrl());
        Restarts restarts = new Restarts(Sending.freshKey(), templates);
        Rows rows = new Rows(parts);
        Remarks remarks = new Remarks();
        Replies replies = new Replies(parts);
        Sending sending = new Sending(parts, replies, remarks);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SignInPages(parts.users(), parts.signIn(), templates).routes());
        routes.addAll(new NoticePages(parts, templates).routes());
        WriteForm form = new WriteForm(parts, times, templates);
        DraftPages drafts = new DraftPages(parts, form, sending, templates);
        routes.addAll(new WritePage(parts, form, drafts, sending, replies, times).routes());
        routes.addAll(drafts.routes());
        routes.addAll(new CardPages(parts).routes());
        routes.addAll(new RehearsalPage(parts, templates).routes());
        routes.addAll(new MentionPages(parts, templates).routes());
        routes.addAll(new BringingPages(parts).routes());
        routes.addAll(new CampaignPages(parts, templates).routes());
        UndoPages undoing = new UndoPages(parts);
        routes.addAll(undoing.routes());
        PostPage post = new PostPage(parts, rows, undoing, sending, remarks, times, templates);
        routes.addAll(new HomePage(parts, rows, post, templates).routes());
        routes.addAll(post.routes());
        routes.addAll(new CalendarPage(parts, rows, times, templates).routes());
        routes.addAll(new SlotsPage(parts, times, templates).routes());
        routes.addAll(new ImportPage(parts, templates).routes());
        routes.addAll(new ChannelsPage(parts, remarks, templates).routes());
        routes.addAll(new FreezePage(parts, templates).routes());
        routes.addAll(new ListsPage(parts, templates).routes());
        routes.addAll(new IncomingPages(parts, templates).routes());
        routes.addAll(new ListenPage(parts, times, templates).routes());
        routes.addAll(new ComingPage(parts, replies, templates).routes());
        routes.addAll(new WhyPage(parts, replies, templates).routes());
        routes.addAll(new VoicePage(parts, times, templates).routes());
        routes.addAll(new WatchPage(parts, times, templates).routes());
        routes.addAll(new SearchPage(parts, times, templates).routes());
        routes.addAll(new AlertsPage(parts, replies, templates).routes());
        routes.addAll(new RecipientsPage(parts, templates).routes());
        routes.addAll(new BouncesPage(parts, templates).routes());
        routes.addAll(new NewsletterPages(parts, templates).routes());
        routes.addAll(new RightsPage(parts, templates).routes());
        routes.addAll(new ProcessingPage(parts, templates).routes());
        routes.addAll(new RequestsPage(parts, templates).routes());
        routes.addAll(new SubscriberImportPage(parts, templates).routes());
        routes.addAll(new SubscribersPage(parts, templates).routes());
        routes.addAll(new SignUpPage(parts, templates).routes());
        routes.addAll(new FiguresPage(parts, templates).routes());
        routes.addAll(new AudiencePage(parts, templates).routes());
        routes.addAll(new TeamPage(parts, templates).routes());
        routes.addAll(new TokensPage(parts, templates).routes());
        routes.addAll(new SettingsPage(parts, restarts, templates).routes());
        routes.addAll(new AuditPage(parts, templates).routes());
        routes.addAll(new LivePage(parts).routes());
        routes.addAll(new WelcomePage(parts, restarts, templates).routes());
        routes.addAll(new AccountPage(parts, templates).routes());
        // On a phone the bar has room for what is done every day.
        routes.add(Route.get("/desk/more", Scope.READ, visit -> templates.page(200, "more", visit)));
        ImagePages images = new ImagePages(parts, templates);
        routes.addAll(images.routes());
        // The last: what no page before it answers.
        routes.add(Route.get(
                "/desk/*",
                null,
                visit -> templates.page(
                        404, "missing", visit, "path", visit.request().path())));
        Route upload = images.upload();
        List<Endpoint> endpoints = new ArrayList<>(Assets.endpoints());
        endpoints.add(restarts.endpoint());
        routes.forEach(route -> endpoints.add(endpoint(route, gate, templates)));
        endpoints.add(Endpoint.upload(
                upload.path(), request -> gate.take(upload, request), request -> gate.admit(upload, request)));
        return endpoints;
    }

    /** Behind the gate; that what a form sends is too large is said on a page. */
    private static Endpoint endpoint(Route route, Gate gate, Templates templates) {
        Endpoint.Handler handler = request -> gate.pass(route, request);
        if (route.method().equals("GET")) {
            return Endpoint.page(route.method(), route.path(), handler);
        }
        Route.Refused table = route.table();
        if (table == null) {
            return Endpoint.form(
                    route.path(),
                    handler,
                    (request, fault) -> gate.pass(
                            shown(
                                    route,
                                    visit -> templates.page(
                                            Problems.status(fault.kind()),
                                            "error",
                                            visit,
                                            "faults",
                                            visit.said(fault))),
                            request));
        }
        return Endpoint.table(
                route.path(),
                Sizes.FORM,
                handler,
                request -> {
                    Response let = gate.pass(shown(route, visit -> Response.empty(204)), request);
                    if (let.status() != 204) {
                        throw new FaultException(Kind.FORBIDDEN, Fault.at("", Message.of("desk.role")));
                    }
                },
                (request, fault) -> {
                    FaultException told = fault.kind() == Kind.TOO_LARGE ? Sizes.tooLarge() : fault;
                    Response said = gate.pass(shown(route, visit -> table.answer(visit, told)), request);
                    // Who is not signed in is told so, as with any other form.
                    return said.status() == 303 ? gate.pass(route, request) : said;
                });
    }

    /** What can be seen where something would have been done. */
    private static Route shown(Route route, Route.Page page) {
        return Route.get(route.path(), route.scope(), page);
    }
}
