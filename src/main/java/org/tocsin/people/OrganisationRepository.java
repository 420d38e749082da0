package org.tocsin.people;

import java.util.Optional;
import org.tocsin.base.Tx;

/** What is kept of the organisation in the store, in one row. */
public interface OrganisationRepository {
    /** @return empty where nobody has said anything yet */
    Optional<Organisation> find(Tx tx);

    void save(Tx tx, Organisation organisation);
}
