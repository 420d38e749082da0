package org.tocsin.newsletter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.network.Receipt;
import org.tocsin.newsletter.Newsletter.Text;
import org.tocsin.people.Actor;
import org.tocsin.post.Post;
import org.tocsin.publishing.PostRepository;
import org.tocsin.subscriber.Segment;

/** Makes a newsletter of what was posted. */
public final class PostDigest {
    private static final int MOST = 50;
    /** What Markdown could take for more than a letter of a word. */
    private static final Pattern MARK = Pattern.compile("([\\\\`*_{}\\[\\]<>#+!|~&])|(?<=^|\n)([-=]|\\d+[.)])");

    private final UnitOfWork unitOfWork;
    private final PostRepository posts;
    private final DeliveryRepository deliveries;
    private final Newsletters newsletters;

    public PostDigest(
            UnitOfWork unitOfWork, PostRepository posts, DeliveryRepository deliveries, Newsletters newsletters) {
        this.unitOfWork = unitOfWork;
        this.posts = posts;
        this.deliveries = deliveries;
        this.newsletters = newsletters;
    }

    /**
     * @param since    posts that were accepted from then on and are out somewhere, at most 50
     * @param language of the letter: its posts are those in this language
     * @param subject  one line
     * @throws FaultException INVALID when there are none
     */
    public Newsletter draft(Actor actor, Instant since, String language, String subject) {
        List<String> parts = unitOfWork.read(tx -> {
            List<String> found = new ArrayList<>();
            for (Post post : posts.page(tx, actor.branch(), "", MOST)) {
                if (!post.createdAt().isBefore(since)
                        && post.deletedAt() == null
                        && post.corrects() == null
                        && post.replyTo() == null
                        && post.language().startsWith(language)) {
                    part(tx, post).ifPresent(found::add);
                }
            }
            Collections.reverse(found);
            return found;
        });
        if (parts.isEmpty()) {
            throw FaultException.invalid("/since", Message.of("newsletter.posts.none"));
        }
        return newsletters.create(
                actor,
                new Newsletters.Wanted(
                        Map.of(language, new Text(subject, "", String.join("\n\n---\n\n", parts))),
                        language,
                        Segment.ALL,
                        false,
                        null));
    }

    private Optional<String> part(Tx tx, Post post) {
        List<Delivery> out = deliveries.ofPost(tx, post.id()).stream()
                .filter(one -> one.state() == DeliveryState.PUBLISHED)
                .toList();
        if (out.isEmpty()) {
            return Optional.empty();
        }
        String link = out.stream()
                .map(one -> deliveries.segments(tx, one.id()))
                .filter(segments -> !segments.isEmpty())
                .map(segments -> segments.getFirst())
                .map(DeliverySegment::receipt)
                .filter(Objects::nonNull)
                .map(Receipt::url)
                .filter(url -> url != null && url.startsWith("https://"))
                .findFirst()
                .map(url -> "\n\n<" + url + ">")
                .orElse("");
        return Optional.of(plain(post.text()) + link);
    }

    /** @return Markdown that says these words; addresses of the web become links */
    static String plain(String text) {
        StringBuilder out = new StringBuilder();
        for (String word : text.strip().split("(?<=\\s)|(?=\\s)", -1)) {
            out.append(
                    word.matches("https?://[^\\s<>]+")
                            ? "<" + word + ">"
                            : MARK.matcher(word).replaceAll("\\\\$0"));
        }
        // A line of a post stays a line.
        return out.toString().replaceAll("(?<=[^\\s])\n(?=[^\\s])", "\\\\\n");
    }
}
