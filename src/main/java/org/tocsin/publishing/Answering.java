package org.tocsin.publishing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.HeardPost;
import org.tocsin.network.Networks;

/** Which of our channels can answer what was heard, below it and on its own network; and why the others cannot. */
public final class Answering {
    private static final Pattern MENTION_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ChannelRepository channels;
    private final Networks networks;
    private final HeardPosts heard;

    public Answering(ChannelRepository channels, Networks networks, HeardPosts heard) {
        this.channels = channels;
        this.networks = networks;
        this.heard = heard;
    }

    /**
     * How something can be answered.
     *
     * @param channels ids of those that can, the one that heard it first; empty where none can
     * @param why      none can; null where one can
     */
    public record Ways(List<String> channels, @Nullable Message why) {
        public Ways {
            channels = List.copyOf(channels);
        }
    }

    /** @return whether what a reply names is something that was heard, and no address */
    public static boolean isMention(String replyTo) {
        return MENTION_ID.matcher(replyTo).matches();
    }

    Optional<HeardPosts.Heard> find(Tx tx, BranchId branch, String mentionId) {
        return heard.find(tx, branch, mentionId);
    }

    /** @return how each of these can be answered, by its id */
    public Map<String, Ways> ways(Tx tx, BranchId branch, Collection<String> mentionIds) {
        Map<String, Ways> ways = new HashMap<>();
        List<Channel> all = channels.all(tx, branch);
        Map<String, String> accounts = accounts(tx, all);
        for (String id : mentionIds) {
            ways.put(
                    id,
                    heard.find(tx, branch, id)
                            .map(post -> ways(all, accounts, post))
                            .orElseGet(() -> new Ways(List.of(), Message.of("publishing.answer.gone"))));
        }
        return ways;
    }

    private Ways ways(List<Channel> all, Map<String, String> accounts, HeardPosts.Heard post) {
        List<String> able = new ArrayList<>();
        Message why = answerable(post)
                ? Message.of("publishing.answer.channel", "network", post.network())
                : Message.of("publishing.answer.none");
        for (Channel channel : all) {
            Optional<Message> forbidden = forbids(channel, accounts.getOrDefault(channel.id(), ""), post);
            if (forbidden.isEmpty()) {
                able.add(channel.id().equals(post.channelId()) ? 0 : able.size(), channel.id());
            } else if (networks.standsFor(channel).equals(post.network())) {
                why = forbidden.get();
            }
        }
        return new Ways(able, able.isEmpty() ? why : null);
    }

    /** What a webhook or a person handed in comes from no network of ours. */
    private boolean answerable(HeardPosts.Heard post) {
        return networks.all().stream().anyMatch(one -> one.id().equals(post.network()));
    }

    private Map<String, String> accounts(Tx tx, List<Channel> all) {
        Map<String, String> accounts = new HashMap<>();
        for (Channel channel : all) {
            String account = channels.health(tx, channel.id()).account();
            accounts.put(channel.id(), account == null ? "" : account);
        }
        return accounts;
    }

    /** @return why that channel cannot answer it */
    Optional<Message> forbids(Tx tx, Channel channel, HeardPosts.Heard post) {
        String account = channels.health(tx, channel.id()).account();
        return forbids(channel, account == null ? "" : account, post);
    }

    private Optional<Message> forbids(Channel channel, String account, HeardPosts.Heard post) {
        if (!answerable(post)) {
            return Optional.of(Message.of("publishing.answer.none"));
        }
        if (!networks.standsFor(channel).equals(post.network())) {
            return Optional.of(
                    Message.of("publishing.answer.other", "channel", channel.id(), "network", post.network()));
        }
        if (post.url() == null) {
            return Optional.of(Message.of("publishing.answer.address"));
        }
        String handle = account.startsWith("@") ? account.substring(1) : account;
        boolean named = (post.named() && channel.id().equals(post.channelId()))
                || (!handle.isEmpty() && post.mentioned().stream().anyMatch(handle::equalsIgnoreCase));
        return networks.of(channel).forbidsReply(channel, new HeardPost(post.nativeId(), post.url(), named));
    }
}
