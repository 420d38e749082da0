package org.tocsin.web.desk;

import java.util.Objects;
import org.tocsin.subscriber.SignUpLink;
import org.tocsin.web.QrImage;

/**
 * A link that brings subscribers.
 *
 * @param url     of the page
 * @param brought how many confirmed subscribers it has brought
 * @param qr      markup of a code for the address
 * @param retired  whether it is not offered any more
 * @param campaign its id; empty for none
 * @param post     id of the post that it stands in; empty for none
 */
public record LinkRow(
        String code, String name, String url, long brought, String qr, boolean retired, String campaign, String post) {
    static LinkRow of(SignUpLink link, String base, long brought) {
        String url = base + "/n/" + link.code();
        return new LinkRow(
                link.code(),
                link.name(),
                url,
                brought,
                QrImage.svg(url),
                link.retiredAt() != null,
                Objects.requireNonNullElse(link.campaign(), ""),
                Objects.requireNonNullElse(link.postId(), ""));
    }
}
