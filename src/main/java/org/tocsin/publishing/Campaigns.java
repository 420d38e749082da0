package org.tocsin.publishing;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.post.Campaign;
import org.tocsin.post.CampaignRepository;

/** Keeps the campaigns of a branch. */
public final class Campaigns {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63})+");
    private static final Pattern UTM = Pattern.compile("utm_[a-z_]{1,20}");
    private static final Pattern HASHTAG = Pattern.compile("#[\\p{L}\\p{N}_·]{1,100}");

    private final UnitOfWork unitOfWork;
    private final CampaignRepository campaigns;
    private final ChannelRepository channels;
    private final AuditTrail audit;

    public Campaigns(
            UnitOfWork unitOfWork, CampaignRepository campaigns, ChannelRepository channels, AuditTrail audit) {
        this.unitOfWork = unitOfWork;
        this.campaigns = campaigns;
        this.channels = channels;
        this.audit = audit;
    }

    /**
     * What a campaign is to be.
     *
     * @param from     first day, ISO 8601; null for open
     * @param until    last day; null for open
     * @param channels of its posts where they name none; empty for the default set
     * @param utm      parameters for links to {@code domains}
     * @param version  the one that was seen; null for a new campaign
     */
    public record Wanted(
            String id,
            @Nullable String name,
            @Nullable String hashtag,
            @Nullable String from,
            @Nullable String until,
            List<String> channels,
            Map<String, String> utm,
            List<String> domains,
            @Nullable Long version) {}

    /** @throws FaultException INVALID with every fault; CONFLICT when it was changed meanwhile, or is there already */
    public Campaign save(Actor actor, Wanted wanted) {
        actor.require(Scope.MANAGE);
        Campaign campaign = checked(actor, wanted);
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!campaigns.save(tx, campaign, wanted.version() == null ? 0 : wanted.version())) {
                throw FaultException.conflict(Message.of("publishing.campaign.changed", "id", campaign.id()));
            }
            audit.add(tx, actor, "campaign.save", campaign.id(), campaign.name());
            return campaign;
        });
    }

    private Campaign checked(Actor actor, Wanted wanted) {
        List<Fault> faults = new ArrayList<>();
        String id = wanted.id();
        if (!ID.matcher(id).matches()) {
            faults.add(Fault.at("/id", Message.of("publishing.campaign.id", "value", id)));
        }
        String hashtag = wanted.hashtag();
        if (hashtag != null && !HASHTAG.matcher(hashtag).matches()) {
            faults.add(Fault.at("/hashtag", Message.of("publishing.campaign.hashtag", "value", hashtag)));
        }
        if (!wanted.utm().keySet().stream().allMatch(name -> UTM.matcher(name).matches())) {
            faults.add(Fault.at(
                    "/utm",
                    Message.of("publishing.campaign.utm", "value", wanted.utm().keySet())));
        }
        if (!wanted.utm().isEmpty() && wanted.domains().isEmpty()) {
            faults.add(Fault.at("/domains", Message.of("publishing.campaign.domains")));
        }
        for (int i = 0; i < wanted.domains().size(); i++) {
            if (!DOMAIN.matcher(wanted.domains().get(i)).matches()) {
                faults.add(Fault.at(
                        "/domains/" + i,
                        Message.of(
                                "publishing.campaign.domain",
                                "value",
                                wanted.domains().get(i))));
            }
        }
        List<String> known = unitOfWork.read(tx -> channels.all(tx, actor.branch())).stream()
                .map(Channel::id)
                .toList();
        for (int i = 0; i < wanted.channels().size(); i++) {
            String channel = wanted.channels().get(i);
            if (!known.contains(channel)) {
                faults.add(Fault.at(
                        "/channels/" + i,
                        Message.of("publishing.channel.unknown", "id", channel, "known", String.join(", ", known))));
            }
        }
        LocalDate from = day("/from", wanted.from(), faults);
        LocalDate until = day("/until", wanted.until(), faults);
        if (from != null && until != null && until.isBefore(from)) {
            faults.add(Fault.at("/until", Message.of("publishing.campaign.order")));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(Kind.INVALID, faults);
        }
        String name = wanted.name();
        return new Campaign(
                id,
                actor.branch(),
                name == null || name.isBlank() ? id : name.strip(),
                hashtag,
                from,
                until,
                wanted.channels(),
                wanted.utm(),
                wanted.domains().stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList(),
                wanted.version() == null ? 1 : wanted.version() + 1);
    }

    private static @Nullable LocalDate day(String pointer, @Nullable String text, List<Fault> faults) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            faults.add(Fault.at(pointer, Message.of("publishing.campaign.day", "value", text)));
            return null;
        }
    }

    /** @throws FaultException NOT_FOUND */
    public void remove(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            if (!campaigns.remove(tx, actor.branch(), id)) {
                throw FaultException.notFound("campaign", id);
            }
            audit.add(tx, actor, "campaign.remove", id, "");
            return id;
        });
    }

    /** @return those of the branch */
    public List<Campaign> all(Actor actor) {
        return unitOfWork.read(tx -> campaigns.all(tx, actor.branch()));
    }
}
