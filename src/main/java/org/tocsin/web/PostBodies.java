package org.tocsin.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.post.MediaRef;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.EditPost;
import org.tocsin.publishing.PlanRevision;
import org.tocsin.publishing.PostRequest;

/** What is sent about posts. */
final class PostBodies {
    private PostBodies() {}

    /** The body of a submission. */
    record Submission(
            @Nullable String text,
            @Nullable String language,
            @Nullable List<String> channels,
            @Nullable String at,
            @Nullable String zone,
            @Nullable Integer undoSeconds,
            @Nullable Boolean allowThread,
            @Nullable Boolean numbering,
            @Nullable Map<String, Variant> variants,
            @Nullable List<Image> media,
            @Nullable String replyTo,
            @Nullable String campaign,
            @Nullable String contentWarning,
            @Nullable String visibility,
            @Nullable Boolean dryRun) {
        PostRequest request() {
            return new PostRequest(
                    text == null ? "" : text,
                    language,
                    channels,
                    at,
                    zone,
                    undoSeconds,
                    Boolean.TRUE.equals(allowThread),
                    Boolean.TRUE.equals(numbering),
                    variants == null ? Map.of() : Variant.all(variants),
                    media == null ? List.of() : Image.all(media),
                    replyTo,
                    campaign,
                    contentWarning,
                    visibility);
        }
    }

    /**
     * The body of a correction: it goes where the wrong post is out.
     *
     * @param mode    {@code erratum} (also where it is absent) or {@code edit}
     * @param version of the post, for an edit
     * @param erratum for an edit: what is said where nothing can be edited
     */
    record Correction(
            @Nullable String mode,
            @Nullable Long version,
            @Nullable String erratum,
            @Nullable String text,
            @Nullable String language,
            @Nullable String at,
            @Nullable String zone,
            @Nullable Integer undoSeconds,
            @Nullable Boolean allowThread,
            @Nullable Boolean numbering,
            @Nullable Map<String, Variant> variants,
            @Nullable List<Image> media,
            @Nullable String contentWarning,
            @Nullable String visibility,
            @Nullable Boolean dryRun) {
        private static final String ERRATUM = "erratum";
        private static final String EDIT = "edit";

        /** @return whether it is an edit */
        boolean edits() {
            String asked = mode == null ? ERRATUM : mode;
            if (!asked.equals(ERRATUM) && !asked.equals(EDIT)) {
                throw FaultException.invalid("/mode", Message.of("web.correct.mode", "value", asked));
            }
            if (asked.equals(EDIT)) {
                return true;
            }
            if (erratum != null || version != null) {
                throw FaultException.invalid("/mode", Message.of("web.correct.mode.edit"));
            }
            return false;
        }

        PlanRevision.Asked revision() {
            Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
            fixed.put("language", language);
            fixed.put("at", at);
            fixed.put("zone", zone);
            fixed.put("undoSeconds", undoSeconds);
            fixed.put("allowThread", allowThread);
            fixed.put("numbering", numbering);
            fixed.put("media", media);
            fixed.put("visibility", visibility);
            List<Fault> faults = fixed.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .map(entry ->
                            Fault.at("/" + entry.getKey(), Message.of("web.correct.fixed", "field", entry.getKey())))
                    .toList();
            if (!faults.isEmpty()) {
                throw new FaultException(FaultException.Kind.INVALID, faults);
            }
            if (version == null) {
                throw FaultException.invalid("/version", Message.of("web.version.missing"));
            }
            return new PlanRevision.Asked(
                    version,
                    text == null ? "" : text,
                    variants == null ? Map.of() : Variant.all(variants),
                    contentWarning,
                    erratum,
                    undoSeconds == null ? 0 : undoSeconds);
        }

        PostRequest request() {
            return new PostRequest(
                    text == null ? "" : text,
                    language,
                    null,
                    at,
                    zone,
                    undoSeconds,
                    Boolean.TRUE.equals(allowThread),
                    Boolean.TRUE.equals(numbering),
                    variants == null ? Map.of() : Variant.all(variants),
                    media == null ? List.of() : Image.all(media),
                    null,
                    null,
                    contentWarning,
                    visibility);
        }
    }

    /** The body of an edit: what is absent stays as it is. */
    record Change(
            @Nullable Long version,
            @Nullable String text,
            @Nullable String language,
            @Nullable String at,
            @Nullable String zone,
            @Nullable Boolean allowThread,
            @Nullable Boolean numbering,
            @Nullable Map<String, Variant> variants,
            @Nullable List<Image> media,
            @Nullable String contentWarning,
            @Nullable String visibility) {
        EditPost.Edit edit() {
            if (version == null) {
                throw FaultException.invalid("/version", Message.of("web.version.missing"));
            }
            return new EditPost.Edit(
                    version,
                    text,
                    language,
                    at,
                    zone,
                    allowThread,
                    numbering,
                    variants == null ? null : Variant.all(variants),
                    media == null ? null : Image.all(media),
                    contentWarning,
                    visibility);
        }
    }

    /** A variant in a submission. */
    record Variant(
            @Nullable String text,
            @Nullable String contentWarning,
            @Nullable String visibility) {
        PostVariant variant() {
            return new PostVariant(text, contentWarning, visibility);
        }

        static Map<String, PostVariant> all(Map<String, Variant> variants) {
            return variants.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().variant()));
        }
    }

    /** An image in a submission. */
    record Image(@Nullable String id, @Nullable String alt) {
        MediaRef ref() {
            return new MediaRef(id == null ? "" : id, alt == null ? "" : alt);
        }

        static List<MediaRef> all(List<Image> images) {
            return images.stream().map(Image::ref).toList();
        }
    }
}
