package org.tocsin.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.network.Channel;
import org.tocsin.network.Connecting;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.publishing.ChannelAdministration;

/**
 * The dialogues by which people connect channels, the same for the command line and the desk. Each lives in memory for half an hour and
 * belongs to who began it; the secrets in it are never shown.
 */
public final class ConnectDialogues {
    /** The answer of the last question, where a channel would become one of another account. */
    public static final String OTHER_ACCOUNT = "otherAccount";

    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Set<String> YES = Set.of("true", "yes", "y", "oui", "o");

    private final Map<String, Connecting> connectings;
    private final ChannelAdministration administration;
    private final Ids ids;
    private final Cache<String, Dialogue> dialogues;

    public ConnectDialogues(List<Connecting> connectings, ChannelAdministration administration, Ids ids) {
        Map<String, Connecting> byNetwork = new TreeMap<>();
        connectings.forEach(connecting -> byNetwork.put(connecting.network(), connecting));
        this.connectings = byNetwork;
        this.administration = administration;
        this.ids = ids;
        this.dialogues =
                Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(1000).build();
    }

    /** Where a dialogue stands after a step. */
    public sealed interface Step permits Asked, Done {}

    /**
     * A question.
     *
     * @param id  of the dialogue
     * @param ask what is asked; its state stays here
     */
    public record Asked(String id, Connecting.Ask ask) implements Step {}

    /**
     * The channel is there, and was checked.
     *
     * @param channel as it is kept
     * @param account its name as the network shows it
     */
    public record Done(Channel channel, String account) implements Step {}

    /**
     * Where a dialogue stands.
     *
     * @param settings     of the channel that is reconnected: what it has is offered, so that nothing of it is lost
     * @param otherAccount whether the channel may become one of another account
     * @param connected    what is connected and waits for the word that it may; null before
     */
    private record Dialogue(
            String actorId,
            Connecting connecting,
            @Nullable String channelId,
            @Nullable String name,
            Map<String, String> settings,
            boolean otherAccount,
            Connecting.Ask ask,
            Connecting.@Nullable Connected connected) {
        Dialogue at(Connecting.Ask next) {
            return at(next, null);
        }

        Dialogue at(Connecting.Ask question, Connecting.@Nullable Connected account) {
            return new Dialogue(actorId, connecting, channelId, name, settings, otherAccount, question, account);
        }
    }

    /** @return the networks that can be connected, in order */
    public List<String> networks() {
        return List.copyOf(connectings.keySet());
    }

    /**
     * @param network      which
     * @param channelId    null for a new one; one that exists is reconnected
     * @param name         of the channel, null for the account's
     * @param otherAccount whether an existing channel may become one of another account; else that is asked
     * @throws FaultException INVALID for a network that cannot be connected, or an id that no channel can have
     */
    public Step begin(
            Actor actor, String network, @Nullable String channelId, @Nullable String name, boolean otherAccount) {
        actor.require(Scope.ADMIN);
        Connecting connecting = connectings.get(network);
        if (connecting == null) {
            throw FaultException.invalid(
                    "/network",
                    Message.of("web.connect.network", "value", network, "known", String.join(", ", networks())));
        }
        ChannelAdministration.identifiable("/channelId", channelId);
        return ask(
                ids.next(),
                new Dialogue(
                        actor.id(),
                        connecting,
                        channelId,
                        name,
                        settings(actor, network, channelId),
                        otherAccount,
                        connecting.begin(),
                        null));
    }

    /**
     * @param id of the dialogue
     * @throws FaultException NOT_FOUND for one that has ended or is another's; CONFLICT when a person declined
     */
    public Step answer(Actor actor, String id, Map<String, Secret> answers) {
        actor.require(Scope.ADMIN);
        Dialogue dialogue = dialogues.getIfPresent(id);
        if (dialogue == null || !dialogue.actorId().equals(actor.id())) {
            throw FaultException.notFound("connect", id);
        }
        if (dialogue.connected() != null) {
            String word = answers.getOrDefault(OTHER_ACCOUNT, Secret.of("")).reveal();
            if (!YES.contains(word.strip().toLowerCase(Locale.ROOT))) {
                dialogues.invalidate(id);
                throw FaultException.conflict(Message.of("web.connect.declined"));
            }
            return connected(actor, id, dialogue, dialogue.connected(), true);
        }
        Connecting.Ask before = dialogue.ask();
        return switch (dialogue.connecting().next(before.state(), before.step(), answers)) {
            case Connecting.Ask ask -> ask(id, dialogue.at(ask));
            case Connecting.Connected connected -> connected(actor, id, dialogue, connected, dialogue.otherAccount());
        };
    }

    private Step connected(
            Actor actor, String id, Dialogue dialogue, Connecting.Connected connected, boolean otherAccount) {
        Channel channel;
        try {
            channel = administration.connect(
                    actor,
                    new ChannelAdministration.Wanted(
                            dialogue.channelId(),
                            dialogue.name(),
                            dialogue.connecting().network(),
                            connected.settings(),
                            connected.secrets(),
                            null,
                            otherAccount),
                    connected.account());
        } catch (FaultException e) {
            if (e.kind() != FaultException.Kind.CONFLICT) {
                throw e;
            }
            // What was connected is kept: a code that was used once cannot be asked for again.
            Message help = Message.of(
                    "web.connect.other",
                    "account",
                    connected.account(),
                    "channel",
                    String.valueOf(dialogue.channelId()));
            Connecting.Field field =
                    new Connecting.Field(OTHER_ACCOUNT, Message.of("web.connect.other.yes"), false, "");
            Connecting.Ask question =
                    new Connecting.Ask("other-account", help, null, List.of(field), List.of(), Map.of());
            return ask(id, dialogue.at(question, connected));
        }
        dialogues.invalidate(id);
        try {
            administration.check(actor, channel.id());
        } catch (FaultException notNow) {
            // It is connected all the same: what forbids to look at it now, such as its ceiling, is said where channels
            // are shown.
            if (notNow.kind() != FaultException.Kind.CONFLICT) {
                throw notNow;
            }
        }
        return new Done(channel, connected.account());
    }

    private Map<String, String> settings(Actor actor, String network, @Nullable String channelId) {
        return administration.all(actor).stream()
                .filter(one -> one.id().equals(channelId) && one.network().equals(network))
                .findFirst()
                .map(Channel::settings)
                .orElse(Map.of());
    }

    private Asked ask(String id, Dialogue asked) {
        Dialogue dialogue = asked.at(offered(asked.ask(), asked.settings()), asked.connected());
        dialogues.put(id, dialogue);
        return new Asked(id, dialogue.ask());
    }

    /** A question that comes back with its faults offers what was typed. */
    private static Connecting.Ask offered(Connecting.Ask ask, Map<String, String> settings) {
        if (!ask.faults().isEmpty()) {
            return ask;
        }
        List<Connecting.Field> fields = ask.fields().stream()
                .map(field -> field.secret()
                        ? field
                        : new Connecting.Field(
                                field.name(),
                                field.label(),
                                false,
                                settings.getOrDefault(field.name(), field.defaultValue())))
                .toList();
        return new Connecting.Ask(ask.step(), ask.help(), ask.link(), fields, ask.faults(), ask.state());
    }
}
