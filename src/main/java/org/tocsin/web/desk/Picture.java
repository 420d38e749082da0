package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;

/** An image in the form of a post or a newsletter: its id, its file's name for people, and what it shows. */
public record Picture(String id, String label, String alt) {
    /** Each image has three fields, in the order of the page; those that were ticked to go are left out. */
    static List<Picture> typed(Form form) {
        List<String> ids = form.all("media");
        List<String> labels = form.all("label");
        List<String> alts = form.all("alt");
        List<String> gone = form.all("drop");
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < Math.min(ids.size(), Math.min(labels.size(), alts.size())); i++) {
            if (!gone.contains(ids.get(i))) {
                pictures.add(new Picture(ids.get(i), labels.get(i), alts.get(i).replace("\r\n", "\n")));
            }
        }
        return pictures;
    }
}
