package org.tocsin.web.desk;

import java.time.ZoneId;
import java.util.List;
import org.tocsin.base.Tx;
import org.tocsin.media.Media;
import org.tocsin.media.MediaRepository;
import org.tocsin.people.Actor;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;
import org.tocsin.publishing.Campaigns;
import org.tocsin.publishing.Schedule;

/** Tells what a post is, beside its text. */
final class Abouts {
    private final Campaigns campaigns;
    private final Users users;
    private final MediaRepository media;
    private final Times times;

    Abouts(DeskParts parts, Times times) {
        this.campaigns = parts.campaigns();
        this.users = parts.users();
        this.media = parts.media();
        this.times = times;
    }

    /** Who and what a post may name; read before the transaction of the page, for each is one of its own. */
    record Names(List<User> team, List<Campaign> campaigns) {
        /** @return what he is called; who is no user wrote over the API */
        String person(Visit visit, String id) {
            return team.stream()
                    .filter(user -> user.id().equals(id))
                    .map(User::name)
                    .findFirst()
                    .orElseGet(() -> visit.t("desk.post.author.token"));
        }
    }

    Names names(Visit visit) {
        // Everybody sees who wrote, not only those who keep the team.
        return new Names(users.all(Actor.daemon(visit.user().branch())), campaigns.all(visit.actor()));
    }

    About of(Tx tx, Visit visit, Post post, Names names) {
        String author = names.person(visit, post.author().value());
        String campaign = names.campaigns().stream()
                .filter(one -> one.id().equals(post.campaign()))
                .map(Campaign::name)
                .findFirst()
                .orElse(post.campaign() == null ? "" : post.campaign());
        List<Picture> images = post.media().stream()
                .map(ref -> new Picture(
                        ref.mediaId(),
                        media.find(tx, post.branch(), ref.mediaId())
                                .map(Media::label)
                                .orElse(""),
                        ref.alt()))
                .toList();
        return new About(
                author,
                campaign,
                post.contentWarning() == null ? "" : post.contentWarning(),
                post.visibility() == null ? "" : Choice.visibility(visit, post.visibility()),
                planned(visit, post),
                images,
                post.replyTo() == null ? "" : post.replyTo(),
                post.corrects() == null ? "" : post.corrects());
    }

    private String planned(Visit visit, Post post) {
        if (post.localTime() == null || post.zone() == null) {
            return "";
        }
        ZoneId zone = ZoneId.of(post.zone());
        // As it was written: with an offset or without, with a T or a space.
        String told = times.at(Schedule.instant("/at", post.localTime(), zone), zone, visit.locale());
        return zone.equals(times.zone()) ? told : told + " (" + zone.getId() + ")";
    }
}
