package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.people.Scope;
import org.tocsin.web.Endpoint;

/** The desk, put together: every page behind one gate. */
public final class Desk {
    private Desk() {}

    /** @return what is served */
    public static List<Endpoint> endpoints(DeskParts parts) {
        Templates templates = new Templates();
        Times times = new Times(parts.clock(), parts.zone(), parts.messages());
        Gate gate = new Gate(
                parts.unitOfWork(),
                parts.deliveries(),
                parts.approve(),
                parts.signIn(),
                parts.messages(),
                times,
                templates,
                parts.publicUrl());
        Restarts restarts = new Restarts(Sending.freshKey(), templates);
        Rows rows = new Rows(parts);
        Remarks remarks = new Remarks();
        Replies replies = new Replies(parts);
        Sending sending =
                new Sending(parts.unitOfWork(), parts.requestKeys(), parts.submit(), replies, remarks, parts.clock());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SignInPages(parts.users(), parts.signIn(), templates).routes());
        routes.addAll(new HomePage(parts, rows, templates).routes());
        WriteForm form = new WriteForm(parts, times, templates);
        DraftPages drafts = new DraftPages(parts, form, sending, templates);
        routes.addAll(new WritePage(parts, form, drafts, sending, replies, times).routes());
        routes.addAll(drafts.routes());
        routes.addAll(new CardPages(parts).routes());
        routes.addAll(new RehearsalPage(parts, rows, templates).routes());
        routes.addAll(new MentionPages(parts, templates).routes());
        routes.addAll(new CampaignPages(parts, templates).routes());
        UndoPages undoing = new UndoPages(parts);
        routes.addAll(undoing.routes());
        routes.addAll(new PostPage(parts, rows, undoing, sending, remarks, times, templates).routes());
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
        routes.addAll(new NewsletterPages(parts, templates).routes());
        routes.addAll(new RightsPage(parts, templates).routes());
        routes.addAll(new ProcessingPage(parts, templates).routes());
        routes.addAll(new SubscriberImportPage(parts, templates).routes());
        routes.addAll(new SubscribersPage(parts, templates).routes());
        routes.addAll(new SignUpPage(parts, templates).routes());
        routes.addAll(new AudiencePage(parts, templates).routes());
        routes.addAll(new TeamPage(parts.users(), parts.publicUrl(), templates).routes());
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
        routes.forEach(route ->
                endpoints.add(Endpoint.page(route.method(), route.path(), request -> gate.pass(route, request))));
        endpoints.add(Endpoint.upload(
                upload.path(), request -> gate.take(upload, request), request -> gate.admit(upload, request)));
        return endpoints;
    }
}
