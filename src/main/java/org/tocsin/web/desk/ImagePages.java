package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.media.MediaStore;
import org.tocsin.people.Scope;
import org.tocsin.publishing.MediaUpload;
import org.tocsin.web.Response;

/** Images of a post that is being written: taken as they are dropped, shown beside their descriptions. */
final class ImagePages {
    private final UnitOfWork unitOfWork;
    private final MediaUpload uploads;
    private final MediaRepository media;
    private final MediaStore files;
    private final Templates templates;

    ImagePages(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.uploads = parts.uploads();
        this.media = parts.media();
        this.files = parts.files();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/media/:id", Scope.READ, this::show));
    }

    Route upload() {
        return Route.post("/desk/media", Scope.POST, this::take);
    }

    /** The part of the form that is the image. */
    private Response take(Visit visit) {
        try (InputStream in = visit.request().body().open()) {
            Media taken = uploads.upload(visit.actor(), visit.query("name").orElse(""), in);
            return templates.page(201, "image", visit, "image", new Picture(taken.id(), taken.label(), ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response show(Visit visit) {
        String id = visit.request().param("id");
        Media found = unitOfWork
                .read(tx -> media.find(tx, visit.user().branch(), id))
                .orElseThrow(() -> FaultException.notFound("media", id));
        // Re-encoded by us and of a type that we named; all the same it is nothing but an image to the browser.
        return Response.file(found.type().mimeType(), files.file(found))
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("Cache-Control", "private, max-age=3600");
    }
}
