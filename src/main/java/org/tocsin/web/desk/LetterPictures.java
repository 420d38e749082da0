package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.UnitOfWork;
import org.tocsin.media.MediaRepository;
import org.tocsin.newsletter.Newsletter;

/** The images that stand in the texts of a newsletter, for the list beside them. */
record LetterPictures(UnitOfWork unitOfWork, MediaRepository media) {
    private static final Pattern LINE = Pattern.compile("!\\[((?:\\\\.|[^\\]\\\\])*+)\\]\\(([0-9a-f-]{36})\\)");

    /** @return each once, in the order of the texts, with the description that stands there first */
    List<Picture> of(Visit visit, Newsletter newsletter) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String language : NewsletterForm.LANGUAGES) {
            Newsletter.Text text = newsletter.texts().get(language);
            Matcher lines = LINE.matcher(text == null ? "" : text.body());
            while (lines.find()) {
                found.putIfAbsent(lines.group(2), lines.group(1).replaceAll("\\\\(.)", "$1"));
            }
        }
        return unitOfWork.read(tx -> {
            List<Picture> pictures = new ArrayList<>();
            found.forEach((id, alt) -> media.find(tx, visit.user().branch(), id)
                    .ifPresent(one -> pictures.add(new Picture(id, one.label(), alt))));
            return pictures;
        });
    }
}
