package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.subscriber.SignUpRig.MAIN;
import static org.tocsin.subscriber.SignUpRig.TEAM;

import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.people.Actor;

/** What brings people, and how many it has brought, whoever was erased since. */
class SignUpLinksTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    @Test
    void what_a_post_brought_stays_true_when_people_leave_and_are_erased() {
        rig.post("p1", "mairie");
        SignUpLink link = rig.links.linkOfPost(TEAM, "p1");
        assertThat(link.postId()).isEqualTo("p1");
        assertThat(link.campaign()).isEqualTo("mairie");
        assertThat(link.name()).startsWith("Rendez-vous samedi au marché").endsWith("…");
        assertThat(rig.links.linkOfPost(TEAM, "p1").code())
                .as("one button, pressed twice")
                .isEqualTo(link.code());
        SignUpLink campaign = rig.links.linkOfCampaign(TEAM, "mairie");
        assertThat(campaign.code()).isNotEqualTo(link.code());

        rig.ask("waits@example.org");
        Subscriber ana = rig.confirmedBy(ANA, link.code());
        Subscriber leaves = rig.confirmedBy("leaves@example.org", link.code());
        rig.confirmedBy("campaign@example.org", campaign.code());
        rig.confirmedBy("else@example.org", "nowhere");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isEqualTo(2);
        assertThat(rig.links.ofCampaign(TEAM, "mairie").confirmed()).isEqualTo(3);
        var consent = store.read(tx -> rig.stores.register().of(tx, ana.id()));
        assertThat(consent).allSatisfy(row -> assertThat(row.consent().link()).isEqualTo(link.code()));

        rig.leaving.leave(MAIN, leaves.id(), Consent.Door.LETTER, "");
        rig.leaving.erase(MAIN, leaves.id(), Consent.Door.LETTER, "");
        rig.leaving.erase(MAIN, ana.id(), Consent.Door.LETTER, "");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isEqualTo(2);
        assertThat(rig.links.ofCampaign(TEAM, "mairie").confirmed()).isEqualTo(3);
        assertThat(rig.links.all(TEAM, (one, brought) -> one.code() + " " + brought))
                .contains(link.code() + " 2", campaign.code() + " 1");
    }

    @Test
    void who_has_not_confirmed_is_counted_neither_before_nor_after_an_erasure() {
        rig.post("p1", "mairie");
        SignUpLink link = rig.links.linkOfPost(TEAM, "p1");
        SignUps.Wish wish = rig.wish();
        rig.signUps.ask(
                MAIN,
                ANA,
                new SignUps.Wish(wish.language(), wish.topics(), wish.textId(), link.code(), null, wish.door()),
                "192.0.2.1");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isZero();
        rig.leaving.erase(MAIN, rig.of(ANA).id(), Consent.Door.LETTER, "");
        assertThat(rig.links.ofPost(TEAM, "p1").confirmed()).isZero();
    }

    @Test
    void a_link_stands_only_for_what_the_branch_has() {
        rig.post("p1", "mairie");
        Actor other = Actor.daemon(new BranchId("nord"));
        assertThatThrownBy(() -> rig.links.add(TEAM, null, "Tract", "p2", null))
                .hasMessageContaining("signup.link.post");
        assertThatThrownBy(() -> rig.links.add(other, null, "Tract", "p1", null))
                .hasMessageContaining("signup.link.post");
        assertThatThrownBy(() -> rig.links.add(other, null, "Tract", null, "mairie"))
                .hasMessageContaining("signup.link.campaign");
        SignUpLink link = rig.links.add(TEAM, null, "Tract", "p1", null);
        assertThat(link.campaign()).isEqualTo("mairie");
        rig.confirmedBy(ANA, link.code());
        assertThat(rig.links.ofPost(other, "p1").confirmed())
                .as("whoever belongs to another branch")
                .isZero();
        assertThat(rig.links.ofCampaign(other, "mairie").links()).isEmpty();
    }

    @Test
    void a_link_that_was_retired_still_leads_to_the_form_and_counts() {
        SignUpLink link = rig.links.add(TEAM, "tract", "Tract", null, null);
        assertThat(rig.links.retire(TEAM, link.code(), true).retiredAt()).isNotNull();
        assertThat(rig.links.all(TEAM, (one, brought) -> one.retiredAt() != null))
                .containsExactly(true);
        assertThat(rig.links.retire(TEAM, link.code(), false).retiredAt()).isNull();
        assertThatThrownBy(() -> rig.links.retire(TEAM, "nowhere", true)).isInstanceOf(FaultException.class);
    }
}
