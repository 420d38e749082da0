package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tocsin.base.FaultException;
import org.tocsin.web.Request;

/** What somebody had written whose session had ended when he sent it: shown back to him, to be copied, and kept nowhere. */
final class Typed {
    /** The fields in which one writes. A password, a code or a table is not shown back. */
    private static final Set<String> WRITTEN =
            Set.of("text", "edit", "reason", "warning", "alt", "subject", "statement", "query");

    private static final List<String> BEGIN = List.of("variant.", "subject-", "preheader-", "body-");

    /** In characters, all together: a page stays a page. */
    private static final int MOST = 100_000;

    private Typed() {}

    /** @return each text, in the order of the form; none where it does not come from a page of ours: nobody else puts words there */
    static List<String> of(Request request, Place place) {
        if (!place.sent(request)) {
            return List.of();
        }
        try {
            return words(Form.read(request));
        } catch (FaultException noForm) {
            return List.of();
        }
    }

    private static List<String> words(Form form) {
        List<String> words = new ArrayList<>();
        int left = MOST;
        for (String name : form.whole().keySet()) {
            if (!WRITTEN.contains(name) && BEGIN.stream().noneMatch(name::startsWith)) {
                continue;
            }
            for (String text : form.all(name)) {
                if (!text.isBlank() && text.length() <= left) {
                    words.add(text);
                    left -= text.length();
                }
            }
        }
        return List.copyOf(words);
    }
}
