package org.tocsin.publishing;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.media.FileMediaStore;
import org.tocsin.media.Media;
import org.tocsin.media.MediaLabel;
import org.tocsin.media.MediaRepository;
import org.tocsin.media.MediaStore;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** Takes images in, and forgets those that no post came to use. */
public final class MediaUpload {
    private static final Duration ORPHANED = Duration.ofHours(24);
    private static final int AT_ONCE = 100;

    private final UnitOfWork unitOfWork;
    private final MediaRepository media;
    private final FileMediaStore files;
    private final Runnable admission;
    private final Ids ids;
    private final Clock clock;
    /** An upload of the same image must not come between the removal of a row and of its file. */
    private final ReentrantReadWriteLock sweeping;

    /** @param admission throws where nothing new is taken; asked before a byte is stored */
    public MediaUpload(
            UnitOfWork unitOfWork,
            MediaRepository media,
            FileMediaStore files,
            Runnable admission,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.media = media;
        this.files = files;
        this.admission = admission;
        this.ids = ids;
        this.clock = clock;
        this.sweeping = new ReentrantReadWriteLock();
    }

    /**
     * @param label  the file's name as given
     * @param source its content
     * @throws FaultException INVALID or TOO_LARGE with the remedy
     */
    public Media upload(Actor actor, String label, InputStream source) {
        actor.require(Scope.POST);
        admission.run();
        sweeping.readLock().lock();
        try {
            MediaStore.Taken taken = files.take(source);
            Media row = new Media(
                    ids.next(),
                    actor.branch(),
                    taken.type(),
                    MediaLabel.of(label).value(),
                    taken.width(),
                    taken.height(),
                    taken.bytes(),
                    taken.sha256(),
                    taken.animated(),
                    clock.instant());
            unitOfWork.write(Urgency.REQUEST, tx -> {
                media.save(tx, row);
                return row;
            });
            return row;
        } finally {
            sweeping.readLock().unlock();
        }
    }

    /** Removes images that were uploaded more than a day ago and that no post refers to, and files that never got a row. */
    public void sweep() {
        sweeping.writeLock().lock();
        try {
            Instant before = clock.instant().minus(ORPHANED);
            List<Media> orphans = unitOfWork.read(tx -> media.orphans(tx, before, AT_ONCE));
            for (Media orphan : orphans) {
                // A post may have come to refer to it since it was read.
                boolean last = unitOfWork.write(
                        Urgency.BULK, tx -> media.removeUnused(tx, orphan.id()) && !media.stored(tx, orphan.sha256()));
                if (last) {
                    files.remove(orphan.sha256());
                }
            }
            for (String hash : files.stored(before)) {
                boolean known = unitOfWork.read(tx -> media.stored(tx, hash));
                if (!known) {
                    files.remove(hash);
                }
            }
        } finally {
            sweeping.writeLock().unlock();
        }
    }
}
