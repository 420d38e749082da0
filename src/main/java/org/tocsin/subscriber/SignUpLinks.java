package org.tocsin.subscriber;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.Post;

/** What brings people: links for leaflets and events, for posts and campaigns, and how many each has brought. */
public final class SignUpLinks {
    /** Characters of a post by which its link is told apart. */
    private static final int TITLE = 60;

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final PeopleStores stores;
    private final Origins origins;
    private final SecureRandom random;

    /** @param origins what a link can stand for */
    public SignUpLinks(PeopleStores stores, Origins origins) {
        this.stores = stores;
        this.origins = origins;
        this.random = new SecureRandom();
    }

    /** @return the newest first, each with how many have come by it and confirmed */
    public <R> List<R> all(Actor actor, BiFunction<SignUpLink, Long, R> row) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> {
            Map<String, Long> brought = stores.subscribers()
                    .broughtBy(tx, actor.branch(), stores.clock().instant());
            return stores.house().links(tx, actor.branch()).stream()
                    .map(link -> row.apply(link, brought.getOrDefault(link.code(), 0L) + link.erased()))
                    .toList();
        });
    }

    /** @return whom a post has brought, by the links that stand for it */
    public Brought ofPost(Actor actor, String postId) {
        actor.require(Scope.READ);
        return stores.unitOfWork()
                .read(tx -> brought(tx, actor.branch(), stores.house().ofPost(tx, actor.branch(), postId)));
    }

    /** @return whom a campaign has brought, by its own links and by those of its posts */
    public Brought ofCampaign(Actor actor, String id) {
        actor.require(Scope.READ);
        return stores.unitOfWork()
                .read(tx -> brought(tx, actor.branch(), stores.house().ofCampaign(tx, actor.branch(), id)));
    }

    private Brought brought(Tx tx, BranchId branch, List<SignUpLink> links) {
        Set<String> codes = links.stream().map(SignUpLink::code).collect(Collectors.toSet());
        return new Brought(
                stores.subscribers().brought(tx, branch, codes)
                        + links.stream().mapToLong(SignUpLink::erased).sum(),
                links);
    }

    /**
     * The link of a post; one is made where there is none that is offered.
     *
     * @throws FaultException NOT_FOUND
     */
    public SignUpLink linkOfPost(Actor actor, String postId) {
        actor.require(Scope.POST);
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Post post =
                    origins.post(tx, actor.branch(), postId).orElseThrow(() -> FaultException.notFound("post", postId));
            return stores.house().ofPost(tx, actor.branch(), postId).stream()
                    .filter(one -> one.retiredAt() == null)
                    .findFirst()
                    .orElseGet(() -> insert(tx, actor, made(), title(post.text(), postId), postId, post.campaign()));
        });
    }

    /**
     * The link of a campaign itself; one is made where there is none that is offered.
     *
     * @throws FaultException NOT_FOUND
     */
    public SignUpLink linkOfCampaign(Actor actor, String id) {
        actor.require(Scope.POST);
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            Campaign campaign =
                    origins.campaign(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("campaign", id));
            return stores.house().ofCampaign(tx, actor.branch(), id).stream()
                    .filter(one -> one.retiredAt() == null && one.postId() == null)
                    .findFirst()
                    .orElseGet(() -> insert(tx, actor, made(), title(campaign.name(), id), null, id));
        });
    }

    /** @return the beginning of a text, on one line */
    private static String title(String text, String otherwise) {
        String line = text.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return otherwise;
        }
        return line.codePointCount(0, line.length()) <= TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE)).strip() + "…";
    }

    /**
     * Makes a link.
     *
     * @param code     null for one that is made up
     * @param postId   null for none
     * @param campaign null for that of the post, where it has one
     * @throws FaultException INVALID; CONFLICT where the code is taken
     */
    public SignUpLink add(
            Actor actor, @Nullable String code, String name, @Nullable String postId, @Nullable String campaign) {
        actor.require(Scope.POST);
        SignUpKeeping.line("/name", name, true);
        if (code != null && !code.matches("[A-Za-z0-9_-]{1,32}")) {
            throw FaultException.invalid("/code", Message.of("signup.code.invalid"));
        }
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            String effort = campaign;
            if (postId != null) {
                Post post = origins.post(tx, actor.branch(), postId)
                        .orElseThrow(
                                () -> FaultException.invalid("/postId", Message.of("signup.link.post", "id", postId)));
                effort = campaign == null ? post.campaign() : campaign;
            }
            if (campaign != null
                    && origins.campaign(tx, actor.branch(), campaign).isEmpty()) {
                throw FaultException.invalid("/campaign", Message.of("signup.link.campaign", "id", campaign));
            }
            return insert(tx, actor, code == null ? made() : code, name.strip(), postId, effort);
        });
    }

    private SignUpLink insert(
            Tx tx, Actor actor, String code, String name, @Nullable String postId, @Nullable String campaign) {
        SignUpLink link = new SignUpLink(
                code, actor.branch(), name, postId, campaign, stores.clock().instant(), null, 0);
        if (!stores.house().insert(tx, link)) {
            throw FaultException.conflict(Message.of("signup.code.taken", "code", link.code()));
        }
        stores.audit().add(tx, actor, "signup.link.add", link.code(), "");
        return link;
    }

    /**
     * Takes a link out of what is offered, or back; leaflets that bear it still lead to the form, and those whom it brought are counted.
     *
     * @throws FaultException NOT_FOUND
     */
    public SignUpLink retire(Actor actor, String code, boolean retired) {
        actor.require(Scope.POST);
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            SignUpLink before = stores.house()
                    .link(tx, actor.branch(), code)
                    .orElseThrow(() -> FaultException.notFound("link", code));
            if ((before.retiredAt() != null) == retired) {
                return before;
            }
            stores.house()
                    .retire(tx, actor.branch(), code, retired ? stores.clock().instant() : null);
            stores.audit().add(tx, actor, retired ? "signup.link.retire" : "signup.link.restore", code, "");
            return stores.house().link(tx, actor.branch(), code).orElseThrow();
        });
    }

    private String made() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }
}
