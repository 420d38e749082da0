package org.tocsin.app;

import java.time.Clock;
import org.tocsin.base.Ids;
import org.tocsin.people.Passwords;
import org.tocsin.people.SecondFactors;
import org.tocsin.people.SignIn;
import org.tocsin.people.Users;

/** What there is about the people of the team. */
record People(Users users, SignIn signIn, SecondFactors factors) {
    static People of(Stores stores, Ids ids, Clock clock) {
        // One for all: it bounds how many passwords are computed at a time.
        Passwords passwords = new Passwords();
        return new People(
                new Users(
                        stores.store(),
                        stores.users(),
                        stores.webSessions(),
                        stores.links(),
                        stores.audit(),
                        passwords,
                        ids,
                        clock),
                new SignIn(stores.store(), stores.users(), stores.webSessions(), stores.audit(), passwords, clock),
                new SecondFactors(stores.store(), stores.users(), stores.audit(), passwords, clock));
    }
}
