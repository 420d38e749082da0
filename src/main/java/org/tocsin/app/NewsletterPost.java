package org.tocsin.app;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Notices;
import org.tocsin.newsletter.AlsoPost;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.publishing.PlanPost;
import org.tocsin.publishing.PostRequest;
import org.tocsin.publishing.SubmitPost;
import org.tocsin.sql.SqlMeta;

/**
 * Makes a post of a newsletter on the default channels, which the feeds are among: its subject, and the address where everybody reads it. That
 * there is one is written in the transaction of the post. A post that cannot be made does not hold up the newsletter, and is told to the team.
 */
final class NewsletterPost implements AlsoPost {
    private static final Logger log = LoggerFactory.getLogger(NewsletterPost.class);

    private final UnitOfWork unitOfWork;
    private final SqlMeta meta;
    private final PlanPost planner;
    private final SubmitPost submit;
    private final Notices notices;
    private final String base;

    /** @param base the public address, without a slash at its end; empty for none */
    NewsletterPost(
            UnitOfWork unitOfWork, SqlMeta meta, PlanPost planner, SubmitPost submit, Notices notices, String base) {
        this.unitOfWork = unitOfWork;
        this.meta = meta;
        this.planner = planner;
        this.submit = submit;
        this.notices = notices;
        this.base = base;
    }

    @Override
    public void begun(Newsletter newsletter) {
        String key = "newsletter-post." + newsletter.id();
        if (unitOfWork.read(tx -> meta.get(tx, key)).isPresent()) {
            return;
        }
        if (base.isEmpty()) {
            tell(newsletter, Message.of("newsletter.post.public"));
            return;
        }
        Actor actor = new Actor(newsletter.by().value(), newsletter.branch(), EnumSet.allOf(Scope.class));
        String language = newsletter.mainLanguage();
        try {
            submit.accept(
                    actor, planner.plan(actor, request(newsletter, language)), (Tx tx, SubmitPost.Accepted made) -> {
                        meta.put(tx, key, made.post().id());
                        return made;
                    });
        } catch (FaultException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("newsletter", newsletter.id())
                    .log("no post could be made of a newsletter");
            tell(newsletter, Message.of("newsletter.post.failed"));
        }
    }

    private void tell(Newsletter newsletter, Message why) {
        // A subject of its own: what is told of the newsletter itself is closed when it has gone out.
        String subject = newsletter.id() + "#post";
        unitOfWork.write(Urgency.DELIVERY, tx -> {
            boolean known = notices.told(tx, newsletter.branch(), Notices.Kind.NEWSLETTER, subject, why);
            if (!known) {
                notices.raise(tx, newsletter.branch(), Notices.Kind.NEWSLETTER, subject, why);
            }
            return !known;
        });
    }

    private PostRequest request(Newsletter newsletter, String language) {
        String text = newsletter.text(language).subject() + "\n\n" + base + "/letters/" + newsletter.id();
        return new PostRequest(
                text, language, null, null, null, 0, true, false, Map.of(), List.of(), null, null, null, null);
    }
}
