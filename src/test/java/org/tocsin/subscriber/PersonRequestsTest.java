package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.people.Actor;

/** What people ask for by right is noted, and answered within its month. */
class PersonRequestsTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    private java.util.List<String> requests() {
        return rig.requests.page(TEAM, "", 50).stream()
                .map(one -> one.kind() + " " + one.door() + " " + (one.doneAt() == null ? "open" : "done") + " "
                        + (one.subscriberId() == null ? "nobody" : "known"))
                .toList();
    }

    @Test
    void what_people_ask_for_by_right_is_noted_by_whatever_way_it_comes() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.sendDataLink(MAIN, ana.id());
        rig.choices.taken(MAIN, ana.id(), Consent.Door.LETTER);
        rig.choices.taken(MAIN, ana.id(), Consent.Door.LETTER);
        rig.choices.correct(MAIN, ana.id(), "other@example.org", Consent.Door.BOT);
        rig.choices.restrict(MAIN, ana.id(), Consent.Door.BOT);
        rig.team.restrict(TEAM, ana.id(), false, null);
        rig.team.restrict(TEAM, ana.id(), true, null);
        rig.team.correct(TEAM, ana.id(), "third@example.org");
        assertThat(requests())
                .containsExactly(
                        "RECTIFICATION TEAM done known",
                        "RESTRICTION TEAM done known",
                        "RESTRICTION BOT done known",
                        "RECTIFICATION BOT done known",
                        "PORTABILITY LETTER done known",
                        "ACCESS LETTER done known");
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "link");
        assertThat(requests())
                .hasSize(7)
                .startsWith("ERASURE LETTER done nobody")
                .allMatch(one -> one.endsWith("nobody"));
        clock.move(Duration.ofDays(8));
        rig.ask("never@example.org");
        clock.move(Duration.ofDays(8));
        rig.retention.work();
        assertThat(requests()).as("nobody asked for what time does").hasSize(7);
    }

    @Test
    void what_was_told_to_the_team_is_open_for_a_month_and_done_by_doing_it() {
        Subscriber ana = rig.confirmed(ANA);
        Instant came = clock.instant().minus(Duration.ofDays(2));
        PersonRequest erasure =
                rig.requests.add(TEAM, PersonRequest.Kind.ERASURE, ana.id(), came, "letter of 25 November");
        assertThat(erasure.dueAt()).isEqualTo(Instant.parse("2026-12-25T09:00:00Z"));
        PersonRequest access = rig.requests.add(TEAM, PersonRequest.Kind.ACCESS, null, null, "");
        assertThat(rig.requests.open(TEAM, 10))
                .extracting(PersonRequest::id)
                .as("the most urgent first")
                .containsExactly(erasure.id(), access.id());
        assertThat(rig.requests.open(Actor.daemon(new BranchId("nord")), 10)).isEmpty();
        assertThatThrownBy(() -> rig.requests.answer(Actor.daemon(new BranchId("nord")), access.id(), ""))
                .hasMessageContaining("not-found");
        assertThatThrownBy(() -> rig.requests.add(TEAM, PersonRequest.Kind.ACCESS, null, null, "of " + ANA))
                .hasMessageContaining("signup.reason.names");
        assertThatThrownBy(() -> rig.requests.add(
                        TEAM, PersonRequest.Kind.ACCESS, null, clock.instant().plusSeconds(60), ""))
                .hasMessageContaining("signup.request.later");

        rig.team.erase(TEAM, ana.id(), null);
        assertThat(rig.requests.open(TEAM, 10)).extracting(PersonRequest::id).containsExactly(access.id());
        assertThat(rig.requests.page(TEAM, "", 10))
                .filteredOn(one -> one.kind() == PersonRequest.Kind.ERASURE)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.doneBy()).isEqualTo(TEAM.id());
                    assertThat(one.note()).isEqualTo("letter of 25 November");
                    assertThat(one.subscriberId()).isNull();
                });
        rig.requests.answer(TEAM, access.id(), "sent on paper");
        assertThat(rig.requests.open(TEAM, 10)).isEmpty();
        assertThatThrownBy(() -> rig.requests.answer(TEAM, access.id(), "")).hasMessageContaining("not-found");
    }
}
