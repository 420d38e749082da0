package org.tocsin.mention;

import java.util.List;
import org.tocsin.base.Tx;

/** Where whoever hears something hands it in. */
public interface Intake {
    /** @return the sources of that type that are listened to, in all branches */
    List<Source> listening(Tx tx, String type);

    /**
     * Keeps what came of listening, in the caller's transaction: the items, how far the source has been read, or why it was not. Nothing that
     * is in the items twice is kept twice.
     *
     * @param source as it was read in this transaction
     */
    void keep(Tx tx, Source source, ReadResult result);

    /**
     * Says that what is listened for goes by another name from now on. Where another source listens for that already, this one stops and says so.
     *
     * @param source as it was read in this transaction
     * @param query  in the form of its type
     */
    void follow(Tx tx, Source source, String query);
}
