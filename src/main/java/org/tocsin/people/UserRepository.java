package org.tocsin.people;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;

/** The rows of people. */
public interface UserRepository {
    /** @return false when somebody has that login */
    boolean insert(Tx tx, User user);

    Optional<User> byId(Tx tx, String id);

    /** @param login in lower case */
    Optional<User> byLogin(Tx tx, String login);

    /** @return everyone, disabled ones too, by name */
    List<User> all(Tx tx, BranchId branch);

    /** @return false when the row's version is another than the user's; the stored version is one higher afterwards */
    boolean update(Tx tx, User user);
}
