package org.tocsin.sql;

import java.util.Optional;
import org.tocsin.base.Tx;
import org.tocsin.people.Organisation;
import org.tocsin.people.OrganisationRepository;

/** The organisation, as one value of the store. */
public final class SqlOrganisation implements OrganisationRepository {
    private static final String NAME = "organisation";

    private final SqlMeta meta = new SqlMeta();

    @Override
    public Optional<Organisation> find(Tx tx) {
        return meta.get(tx, NAME).map(text -> Json.read(text, Organisation.class));
    }

    @Override
    public void save(Tx tx, Organisation organisation) {
        meta.put(tx, NAME, Json.write(organisation));
    }
}
