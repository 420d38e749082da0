package org.tocsin.subscriber;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.audience.AudienceSeries;
import org.tocsin.audience.AudienceSource;
import org.tocsin.audience.CountResult;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.network.Channel;
import org.tocsin.subscriber.Subscriber.Reach;

/**
 * The newsletter's subscribers as figures: how many are confirmed, by mail and on Telegram. Whoever has left, was erased, cannot be reached
 * or asked that his data be left alone is not among them. By mail from when the branch has said who answers for the newsletter; on
 * Telegram from when it has a bot.
 */
public final class SubscriberAudience implements AudienceSeries, AudienceSource {
    /** What stands for a network. */
    public static final String NETWORK = "newsletter";

    private static final String BY_MAIL = NETWORK + ".mail";
    private static final String ON_TELEGRAM = NETWORK + ".telegram";

    private final UnitOfWork unitOfWork;
    private final SignUpRepository signUps;
    private final SubscriberRepository subscribers;

    public SubscriberAudience(UnitOfWork unitOfWork, SignUpRepository signUps, SubscriberRepository subscribers) {
        this.unitOfWork = unitOfWork;
        this.signUps = signUps;
        this.subscribers = subscribers;
    }

    @Override
    public List<Series> all(Tx tx) {
        return signUps.branches(tx).stream()
                .flatMap(branch -> of(tx, branch).stream())
                .toList();
    }

    @Override
    public List<Series> of(Tx tx, BranchId branch) {
        SignUpSettings settings = signUps.settings(tx, branch);
        List<Series> all = new ArrayList<>();
        if (settings.version() > 0) {
            all.add(new Series(channel(BY_MAIL, branch), Message.of("signup.audience.mail")));
        }
        if (settings.bot() != null) {
            all.add(new Series(channel(ON_TELEGRAM, branch), Message.of("signup.audience.telegram")));
        }
        return all;
    }

    private static Channel channel(String id, BranchId branch) {
        return new Channel(id, branch, id, NETWORK, Map.of(), Map.of(), Instant.EPOCH);
    }

    @Override
    public String network() {
        return NETWORK;
    }

    @Override
    public CountResult count(Channel series) {
        Reach reach = series.id().equals(ON_TELEGRAM) ? Reach.TELEGRAM : Reach.MAIL;
        Segment all = new Segment(Set.of(), Set.of(), Set.of(), Set.of(reach));
        return new CountResult.Counted(unitOfWork.read(tx -> subscribers.count(tx, series.branch(), all)));
    }
}
