package org.tocsin.web.desk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.people.Organisation;
import org.tocsin.people.OrganisationKeeping;

/**
 * What was typed of the organisation, and what stood there when the page was opened: only what was changed on the page is changed, and nobody
 * shuts the door behind himself unasked.
 *
 * @param typed as it was sent
 * @param seen  as it was shown
 * @param told  whether the form says how it was shown; one that does not means all that it says
 * @param moved whether he has said that he comes by the new address from now on
 */
record HouseForm(Organisation typed, Organisation seen, boolean told, boolean moved) {
    static HouseForm of(Form form) {
        return new HouseForm(
                organisation(form, ""), organisation(form, "seen."), form.on("seen.organisation"), form.on("moved"));
    }

    private static Organisation organisation(Form form, String prefix) {
        return new Organisation(
                form.get(prefix + "organisation").strip(),
                form.get(prefix + "postLanguage").strip(),
                form.get(prefix + "zone").strip(),
                form.get(prefix + "publicUrl").strip());
    }

    /** @return what a form that was refused offers again: what he changed, and for the rest what is in force now */
    Organisation offered(Organisation now) {
        return new Organisation(
                merged(Organisation::name, now),
                merged(Organisation::language, now),
                merged(Organisation::zone, now),
                merged(Organisation::publicUrl, now));
    }

    /**
     * @param house as it is in force
     * @return what it shall be
     * @throws FaultException CONFLICT with every field that somebody else has changed to something else since the page was opened; INVALID
     *     where the new public address would no longer let in who sends this
     */
    Organisation wanted(Visit visit, OrganisationKeeping house) {
        Organisation now = house.now();
        List<Fault> clashes = new ArrayList<>();
        clash("/name", Organisation::name, now, clashes);
        clash("/language", Organisation::language, now, clashes);
        clash("/zone", Organisation::zone, now, clashes);
        clash("/publicUrl", Organisation::publicUrl, now, clashes);
        Organisation wanted = offered(now);
        if (!clashes.isEmpty()) {
            throw new FaultException(Kind.CONFLICT, clashes);
        }
        if (!house.fixed("publicUrl")
                && !moved
                && !wanted.publicUrl().equals(now.publicUrl())
                && shut(visit, wanted.publicUrl())) {
            throw FaultException.invalid("/publicUrl", Message.of("desk.settings.url.shut"));
        }
        return wanted;
    }

    private String merged(Function<Organisation, String> field, Organisation now) {
        return told && field.apply(typed).equals(field.apply(seen)) ? field.apply(now) : field.apply(typed);
    }

    private void clash(String pointer, Function<Organisation, String> field, Organisation now, List<Fault> clashes) {
        String mine = field.apply(typed);
        String theirs = field.apply(now);
        if (told && !mine.equals(field.apply(seen)) && !theirs.equals(field.apply(seen)) && !theirs.equals(mine)) {
            clashes.add(Fault.at(pointer, Message.of("desk.settings.changed", "value", theirs)));
        }
    }

    /** @return whether a form sent by the way of this one would be turned away with that public address; what is none is refused for itself */
    static boolean shut(Visit visit, String url) {
        try {
            Optional<URI> address =
                    Optional.of(url.strip()).filter(one -> !one.isEmpty()).map(URI::create);
            if (address.filter(one -> one.getRawAuthority() == null).isPresent()) {
                return false;
            }
            Place place = Place.of(visit.request(), address);
            return place.kind() == Place.Kind.OPEN || !place.sent(visit.request());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
