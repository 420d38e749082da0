package org.tocsin.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.media.FileMediaStore;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlMedia;
import org.tocsin.sql.SqlStore;

/** What nobody uses is forgotten, and nothing else. */
class MediaUploadTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Clock TWO_DAYS_LATER = Clock.offset(CLOCK, Duration.ofDays(2));
    private static final Actor ACTOR = new Actor("a", BranchId.MAIN, Set.of(Scope.POST));

    @TempDir
    private Path folder;

    private static byte[] picture() throws Exception {
        var image = new java.awt.image.BufferedImage(8, 8, java.awt.image.BufferedImage.TYPE_INT_RGB);
        var out = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private MediaUpload uploads(SqlStore store, MediaRepository rows, Clock clock) {
        return new MediaUpload(
                store, rows, new FileMediaStore(folder.resolve("media")), () -> {}, new Ids(clock), clock);
    }

    private Path file(Media media) {
        return new FileMediaStore(folder.resolve("media")).file(media);
    }

    @Test
    void an_image_that_a_post_came_to_use_while_it_was_being_forgotten_stays() throws Exception {
        try (SqlStore store = Opened.at(folder)) {
            Media taken =
                    uploads(store, new SqlMedia(), CLOCK).upload(ACTOR, "a.png", new ByteArrayInputStream(picture()));
            // The post is accepted after the orphans were read.
            MediaRepository rows = new AfterReading(() -> store.write(
                    Urgency.REQUEST,
                    tx -> Opened.execute(
                            tx, "insert into post_media (post_id, media_id) values ('p', ?)", taken.id())));
            uploads(store, rows, TWO_DAYS_LATER).sweep();
            Optional<Media> row = store.read(tx -> new SqlMedia().find(tx, BranchId.MAIN, taken.id()));
            assertThat(row).isPresent();
            assertThat(file(taken)).exists();
        }
    }

    @Test
    void an_image_that_nobody_uses_goes_with_its_file() throws Exception {
        try (SqlStore store = Opened.at(folder)) {
            MediaUpload uploads = uploads(store, new SqlMedia(), TWO_DAYS_LATER);
            Media taken =
                    uploads(store, new SqlMedia(), CLOCK).upload(ACTOR, "a.png", new ByteArrayInputStream(picture()));
            uploads.sweep();
            assertThat(file(taken)).doesNotExist();
        }
    }

    @Test
    void a_file_whose_row_never_came_goes_after_a_day_and_not_before() throws Exception {
        try (SqlStore store = Opened.at(folder)) {
            MediaUpload uploads = uploads(store, new SqlMedia(), CLOCK);
            Media taken = uploads.upload(ACTOR, "a.png", new ByteArrayInputStream(picture()));
            store.write(Urgency.REQUEST, tx -> Opened.execute(tx, "delete from media"));
            Path file = file(taken);
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(23))));
            uploads.sweep();
            assertThat(file).exists();
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(25))));
            uploads.sweep();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void where_nothing_new_is_taken_no_byte_is_stored() throws Exception {
        try (SqlStore store = Opened.at(folder)) {
            MediaUpload uploads = new MediaUpload(
                    store,
                    new SqlMedia(),
                    new FileMediaStore(folder.resolve("media")),
                    () -> {
                        throw FaultException.conflict(Message.of("app.disk.low"));
                    },
                    new Ids(CLOCK),
                    CLOCK);
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> uploads.upload(ACTOR, "a.png", new ByteArrayInputStream(picture())));
            assertThat(folder.resolve("media")).doesNotExist();
        }
    }

    /** Lets something happen between the look and the deed. */
    private record AfterReading(Runnable meanwhile) implements MediaRepository {
        private static final SqlMedia ROWS = new SqlMedia();

        @Override
        public void save(Tx tx, Media media) {
            ROWS.save(tx, media);
        }

        @Override
        public Optional<Media> find(Tx tx, BranchId branch, String id) {
            return ROWS.find(tx, branch, id);
        }

        @Override
        public List<Media> orphans(Tx tx, Instant before, int max) {
            List<Media> found = ROWS.orphans(tx, before, max);
            meanwhile.run();
            return found;
        }

        @Override
        public boolean removeUnused(Tx tx, String id) {
            return ROWS.removeUnused(tx, id);
        }

        @Override
        public boolean stored(Tx tx, String sha256) {
            return ROWS.stored(tx, sha256);
        }
    }
}
