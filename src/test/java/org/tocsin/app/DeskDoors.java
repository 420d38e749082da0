package org.tocsin.app;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.app.Browser.Page;
import org.tocsin.people.Role;

/** Every door of the desk: to whom it opens, and how it answers who comes with empty hands. */
final class DeskDoors {
    static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    /** Every route of the desk and the least role that it opens to, by hand; ANYONE needs none. */
    static final String TABLE = """
            GET  /desk/run ANYONE
            GET  /desk/setup ANYONE
            POST /desk/setup ANYONE
            GET  /desk/sign-in ANYONE
            POST /desk/sign-in ANYONE
            GET  /desk/code ANYONE
            POST /desk/code ANYONE
            GET  /desk/password ANYONE
            POST /desk/password ANYONE
            POST /desk/sign-out WATCHER
            GET  /desk WATCHER
            GET  /desk/* ANYONE
            POST /desk/deliveries/:id/resolve MANAGER
            POST /desk/deliveries/:id/retry MANAGER
            POST /desk/deliveries/:id/cancel AUTHOR
            GET  /desk/write AUTHOR
            POST /desk/write AUTHOR
            POST /desk/write/preview AUTHOR
            GET  /desk/write/card AUTHOR
            GET  /desk/drafts AUTHOR
            POST /desk/drafts AUTHOR
            POST /desk/drafts/:id/delete AUTHOR
            GET  /desk/rehearsal WATCHER
            POST /desk/rehearsal ADMINISTRATOR
            GET  /desk/mentions MANAGER
            POST /desk/mentions MANAGER
            POST /desk/mentions/remove MANAGER
            GET  /desk/campaigns MANAGER
            POST /desk/campaigns MANAGER
            POST /desk/campaigns/:id/remove MANAGER
            POST /desk/campaigns/:id/sign-up MANAGER
            GET  /desk/media/:id WATCHER
            POST /desk/media AUTHOR
            GET  /desk/posts/:id WATCHER
            GET  /desk/deliveries/:id WATCHER
            POST /desk/posts/:id/approve MANAGER
            POST /desk/posts/:id/aside AUTHOR
            POST /desk/posts/:id/retry MANAGER
            POST /desk/posts/:id/edit AUTHOR
            POST /desk/posts/:id/preview AUTHOR
            POST /desk/posts/:id/delete AUTHOR
            POST /desk/posts/:id/undo AUTHOR
            POST /desk/posts/:id/correct AUTHOR
            POST /desk/posts/:id/sign-up AUTHOR
            GET  /desk/audience WATCHER
            GET  /desk/audience/figures WATCHER
            GET  /desk/audience/engagement WATCHER
            GET  /desk/audience/hours WATCHER
            GET  /desk/audience/annotations WATCHER
            GET  /desk/audience/chart/:id WATCHER
            GET  /desk/audience/import MANAGER
            POST /desk/audience/import MANAGER
            POST /desk/audience/import/stop MANAGER
            POST /desk/audience/notes MANAGER
            POST /desk/audience/notes/:id/remove MANAGER
            GET  /desk/calendar WATCHER
            GET  /desk/calendar/import AUTHOR
            POST /desk/calendar/import AUTHOR
            POST /desk/calendar/import/stop AUTHOR
            GET  /desk/calendar/slots MANAGER
            POST /desk/calendar/slots MANAGER
            POST /desk/calendar/slots/:id/remove MANAGER
            GET  /desk/live WATCHER
            GET  /desk/listen WATCHER
            GET  /desk/bounces MANAGER
            GET  /desk/newsletters WATCHER
            POST /desk/newsletters/of-posts AUTHOR
            GET  /desk/newsletters/new AUTHOR
            POST /desk/newsletters/new AUTHOR
            GET  /desk/newsletters/:id WATCHER
            POST /desk/newsletters/:id AUTHOR
            POST /desk/newsletters/:id/test MANAGER
            POST /desk/newsletters/:id/send MANAGER
            POST /desk/newsletters/:id/turn MANAGER
            GET  /desk/lists WATCHER
            POST /desk/lists MANAGER
            POST /desk/lists/:id MANAGER
            GET  /desk/listen/live WATCHER
            GET  /desk/listen/watches/:id MANAGER
            POST /desk/listen/watches/:id/words MANAGER
            GET  /desk/listen/voice WATCHER
            GET  /desk/listen/voice/table WATCHER
            GET  /desk/listen/mentions/:id WATCHER
            GET  /desk/listen/in AUTHOR
            POST /desk/listen/in/mention AUTHOR
            POST /desk/listen/in/feeds MANAGER
            GET  /desk/listen/in/feeds.opml WATCHER
            POST /desk/listen/in/hook MANAGER
            GET  /desk/search WATCHER
            GET  /desk/search/table WATCHER
            POST /desk/listen/alerts/:id AUTHOR
            POST /desk/listen/watches MANAGER
            POST /desk/listen/watches/:id MANAGER
            POST /desk/listen/work/:id WATCHER
            POST /desk/listen/sources MANAGER
            POST /desk/listen/sources/:id MANAGER
            GET  /desk/notices WATCHER
            POST /desk/notices/:id/acknowledge MANAGER
            GET  /desk/alerts WATCHER
            GET  /desk/alerts/:id WATCHER
            POST /desk/alerts/:id AUTHOR
            GET  /desk/recipients MANAGER
            POST /desk/recipients MANAGER
            POST /desk/recipients/:id MANAGER
            POST /desk/recipients/:id/telegram MANAGER
            POST /desk/recipients/:id/ways MANAGER
            POST /desk/recipients/:id/ways/:way MANAGER
            GET  /desk/freeze MANAGER
            POST /desk/freeze MANAGER
            POST /desk/freeze/:id/end MANAGER
            GET  /desk/rights MANAGER
            POST /desk/rights/erase MANAGER
            POST /desk/rights/erasures/:id MANAGER
            POST /desk/rights/opt-out MANAGER
            POST /desk/rights/objections/:id MANAGER
            POST /desk/rights/holds ADMINISTRATOR
            POST /desk/rights/holds/:id/end ADMINISTRATOR
            POST /desk/rights/holds/:id/export ADMINISTRATOR
            GET  /desk/requests MANAGER
            POST /desk/requests MANAGER
            POST /desk/requests/:id MANAGER
            GET  /desk/subscribers MANAGER
            GET  /desk/subscribers/register MANAGER
            GET  /desk/subscribers/table ADMINISTRATOR
            POST /desk/subscribers/find MANAGER
            POST /desk/subscribers/lift ADMINISTRATOR
            GET  /desk/subscribers/person/:id MANAGER
            POST /desk/subscribers/person/:id MANAGER
            GET  /desk/sign-up MANAGER
            POST /desk/sign-up ADMINISTRATOR
            POST /desk/sign-up/texts ADMINISTRATOR
            POST /desk/sign-up/topics MANAGER
            POST /desk/sign-up/links MANAGER
            POST /desk/sign-up/links/:code MANAGER
            POST /desk/sign-up/webhook ADMINISTRATOR
            GET  /desk/subscribers/import MANAGER
            POST /desk/subscribers/import MANAGER
            POST /desk/subscribers/import/stop MANAGER
            GET  /desk/rights/register WATCHER
            GET  /desk/sign-up/qr/:code MANAGER
            GET  /desk/channels MANAGER
            POST /desk/channels/connect ADMINISTRATOR
            POST /desk/channels/connect/:id ADMINISTRATOR
            POST /desk/channels/:id/check MANAGER
            POST /desk/channels/:id/settings ADMINISTRATOR
            POST /desk/channels/:id/remove ADMINISTRATOR
            GET  /desk/tokens ADMINISTRATOR
            POST /desk/tokens ADMINISTRATOR
            POST /desk/tokens/:id/revoke ADMINISTRATOR
            GET  /desk/team ADMINISTRATOR
            POST /desk/team/invite ADMINISTRATOR
            POST /desk/team/:id/role ADMINISTRATOR
            POST /desk/team/:id/disable ADMINISTRATOR
            POST /desk/team/:id/enable ADMINISTRATOR
            POST /desk/team/:id/reset-link ADMINISTRATOR
            POST /desk/team/:id/remove-factor ADMINISTRATOR
            GET  /desk/account WATCHER
            POST /desk/account/name WATCHER
            POST /desk/account/password WATCHER
            POST /desk/account/factor WATCHER
            POST /desk/account/factor/confirm WATCHER
            POST /desk/account/factor/remove WATCHER
            POST /desk/account/session WATCHER
            POST /desk/account/sessions WATCHER
            GET  /desk/more WATCHER
            GET  /desk/settings ADMINISTRATOR
            POST /desk/settings ADMINISTRATOR
            GET  /desk/audit ADMINISTRATOR
            GET  /desk/welcome ADMINISTRATOR
            POST /desk/welcome ADMINISTRATOR
            """;

    /**
     * What each role for which a door is open is answered by it, where nothing was filled in, nobody has the id, and the page that it goes on to
     * counts: what is missing (422), what is no form of ours (400), what is not there (404). A page that stands in the table above and not here
     * is there (200); one with an id is not (404). Links and images want a secret that is not shown here (403), for whichever role. Of two
     * numbers the second comes once too many have tried.
     */
    private static final String ANSWERS = """
            GET  /desk/setup 403
            POST /desk/setup 403
            POST /desk/sign-in 401 429
            POST /desk/code 401
            GET  /desk/password 403
            POST /desk/password 403
            POST /desk/sign-out 200
            GET  /desk/* 404
            POST /desk/deliveries/:id/resolve 400
            POST /desk/deliveries/:id/retry 404
            POST /desk/deliveries/:id/cancel 404
            POST /desk/write 400
            POST /desk/write/preview 200
            POST /desk/drafts 200
            POST /desk/drafts/:id/delete 404
            POST /desk/rehearsal 400
            POST /desk/mentions 422
            POST /desk/mentions/remove 404
            POST /desk/campaigns 422
            POST /desk/campaigns/:id/remove 404
            POST /desk/campaigns/:id/sign-up 404
            POST /desk/media 403
            POST /desk/posts/:id/approve 404
            POST /desk/posts/:id/aside 404
            POST /desk/posts/:id/retry 404
            POST /desk/posts/:id/edit 404
            POST /desk/posts/:id/preview 404
            POST /desk/posts/:id/delete 404
            POST /desk/posts/:id/undo 404
            POST /desk/posts/:id/correct 400
            POST /desk/posts/:id/sign-up 404
            POST /desk/audience/import 422
            POST /desk/audience/import/stop 200
            POST /desk/audience/notes 422
            POST /desk/audience/notes/:id/remove 404
            POST /desk/calendar/import 422
            POST /desk/calendar/import/stop 200
            POST /desk/calendar/slots 422
            POST /desk/calendar/slots/:id/remove 404
            POST /desk/newsletters/of-posts 400
            POST /desk/newsletters/new 422
            POST /desk/newsletters/:id 404
            POST /desk/newsletters/:id/test 404
            POST /desk/newsletters/:id/send 404
            POST /desk/newsletters/:id/turn 404
            POST /desk/lists 422
            POST /desk/lists/:id 400
            POST /desk/listen/watches/:id/words 404
            POST /desk/listen/in/mention 422
            POST /desk/listen/in/feeds 422
            POST /desk/listen/in/hook 422
            POST /desk/listen/alerts/:id 404
            POST /desk/listen/watches 400
            POST /desk/listen/watches/:id 400
            POST /desk/listen/work/:id 404
            POST /desk/listen/sources 422
            POST /desk/listen/sources/:id 400
            POST /desk/notices/:id/acknowledge 404
            POST /desk/alerts/:id 400
            POST /desk/recipients 422
            POST /desk/recipients/:id 400
            POST /desk/recipients/:id/telegram 404
            POST /desk/recipients/:id/ways 422
            POST /desk/recipients/:id/ways/:way 400
            POST /desk/freeze 422
            POST /desk/freeze/:id/end 422
            POST /desk/rights/erase 422
            POST /desk/rights/erasures/:id 400
            POST /desk/rights/opt-out 400
            POST /desk/rights/objections/:id 400
            POST /desk/rights/holds 422
            POST /desk/rights/holds/:id/end 404
            POST /desk/rights/holds/:id/export 404
            POST /desk/subscribers/find 200
            POST /desk/subscribers/lift 422
            POST /desk/subscribers/person/:id 404
            POST /desk/requests 400
            POST /desk/requests/:id 404
            POST /desk/sign-up 422
            POST /desk/sign-up/texts 422
            POST /desk/sign-up/topics 422
            POST /desk/sign-up/links 422
            POST /desk/sign-up/links/:code 400
            POST /desk/sign-up/webhook 400
            POST /desk/subscribers/import 422
            POST /desk/subscribers/import/stop 404
            POST /desk/channels/connect 422
            POST /desk/channels/connect/:id 404
            POST /desk/channels/:id/check 404
            POST /desk/channels/:id/settings 404
            POST /desk/channels/:id/remove 422
            POST /desk/tokens 422
            POST /desk/tokens/:id/revoke 404
            POST /desk/team/invite 422
            POST /desk/team/:id/role 422
            POST /desk/team/:id/disable 404
            POST /desk/team/:id/enable 404
            POST /desk/team/:id/reset-link 404
            POST /desk/team/:id/remove-factor 404
            POST /desk/account/name 422
            POST /desk/account/password 422
            POST /desk/account/factor 200
            POST /desk/account/factor/confirm 422 429
            POST /desk/account/factor/remove 422 429
            POST /desk/account/session 200
            POST /desk/account/sessions 200
            POST /desk/settings 422
            POST /desk/welcome 422
            """;

    private DeskDoors() {}

    record Door(String method, String path, String least) {
        boolean open(Role role) {
            return least.equals("ANYONE") || role.compareTo(Role.valueOf(least)) <= 0;
        }

        List<Integer> answers() {
            return ANSWERS.lines()
                    .map(line -> line.split(" +"))
                    .filter(part -> part[0].equals(method) && part[1].equals(path))
                    .flatMap(part -> Stream.of(part).skip(2).map(Integer::valueOf))
                    .collect(Collectors.collectingAndThen(
                            Collectors.toList(),
                            found -> found.isEmpty() && method.equals("GET")
                                    ? List.of(path.contains(":") ? 404 : 200)
                                    : found));
        }

        Page knock(Browser browser) {
            String concrete = path.replace(":id", NOBODY);
            return method.equals("GET") ? browser.get(concrete) : browser.post(concrete, "version", "1");
        }
    }

    static Stream<Door> all() {
        return TABLE.lines().map(line -> line.split(" +")).map(part -> new Door(part[0], part[1], part[2]));
    }
}
