package org.tocsin.alert;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;
import org.tocsin.recipient.Recipient;

/** In whose name something is done that a recipient answers: with no more than that person may. */
public final class RecipientActors {
    /** A room may say that it has seen something; what changes what is published needs a person. */
    private static final Set<Scope> ROOM = EnumSet.of(Scope.READ, Scope.POST);

    private static final String NAME = "recipient:";

    private final UnitOfWork unitOfWork;
    private final UserRepository users;

    public RecipientActors(UnitOfWork unitOfWork, UserRepository users) {
        this.unitOfWork = unitOfWork;
        this.users = users;
    }

    /** @return the person whom the recipient is; one who may nothing where that person is gone; the room where it is nobody */
    public Actor of(Recipient recipient) {
        if (recipient.userId() == null) {
            return room(recipient);
        }
        Optional<User> user = unitOfWork
                .read(tx -> users.byId(tx, recipient.userId()))
                .filter(User::enabled)
                .filter(one -> one.branch().equals(recipient.branch()));
        return user.map(User::actor).orElseGet(() -> new Actor(recipient.userId(), recipient.branch(), Set.of()));
    }

    /** @return whoever reads there */
    public Actor room(Recipient recipient) {
        return new Actor(NAME + recipient.id(), recipient.branch(), ROOM);
    }

    /** @return whether it stands for a room, to which nothing can be given */
    public boolean isRoom(Actor actor) {
        return actor.id().startsWith(NAME);
    }
}
