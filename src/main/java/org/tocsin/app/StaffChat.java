package org.tocsin.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.network.telegram.TelegramUpdate;
import org.tocsin.network.telegram.UpdateHandler;
import org.tocsin.network.telegram.Upgrade;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.RecipientRepository;
import org.tocsin.recipient.TelegramLink;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;

/**
 * What staff write to a bot and press in its messages. A chat is linked with a recipient by a code that works once; what is pressed is done
 * in the name of the person whom the recipient is, and with no more than that person may.
 */
final class StaffChat implements UpdateHandler {
    /** As a start link hands it on, also in a group, or the code alone. */
    private static final Pattern CODE = Pattern.compile("(?:/start(?:@\\w{1,64})?\\s+)?([A-Za-z0-9_-]{22})");

    private static final String TELEGRAM = "telegram";
    private static final Logger log = LoggerFactory.getLogger(StaffChat.class);

    private final ChannelRepository channels;
    private final RecipientRepository recipients;
    private final TelegramLink links;
    private final Presses presses;
    private final BotAnswers answers;
    private final Messages messages;
    private final Executor later;
    private final Clock clock;

    /** @param later does what asks a network, after the update is kept */
    StaffChat(
            ChannelRepository channels,
            RecipientRepository recipients,
            TelegramLink links,
            Presses presses,
            BotAnswers answers,
            Messages messages,
            Executor later,
            Clock clock) {
        this.channels = channels;
        this.recipients = recipients;
        this.links = links;
        this.presses = presses;
        this.answers = answers;
        this.messages = messages;
        this.later = later;
        this.clock = clock;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("message", "callback_query");
    }

    /** Where nobody is linked, nobody is asked: the inbox of a bot is its owner's. */
    @Override
    public List<Channel> bots(Tx tx) {
        return recipients.chats(tx, clock.instant()) ? all(tx) : List.of();
    }

    private List<Channel> all(Tx tx) {
        return channels.all(tx, BranchId.MAIN).stream()
                .filter(channel -> channel.network().equals(TELEGRAM))
                .toList();
    }

    private List<Channel> of(Tx tx, String bot) {
        return all(tx).stream()
                .filter(channel -> channel.secret("botToken")
                        .filter(token -> token.reveal().startsWith(bot + ":"))
                        .isPresent())
                .toList();
    }

    @Override
    public void handle(Tx tx, TelegramUpdate update) {
        if (update.kind().equals("message")) {
            message(tx, update);
        } else {
            press(tx, update);
        }
    }

    private void message(Tx tx, TelegramUpdate update) {
        Optional<Upgrade> upgrade = Upgrade.of(update.body());
        if (upgrade.isPresent()) {
            of(tx, update.bot()).forEach(channel -> follow(tx, channel, upgrade.get()));
            return;
        }
        JsonNode chat = update.body().path("chat");
        Matcher code = CODE.matcher(update.body().path("text").asText("").strip());
        List<Channel> own = of(tx, update.bot());
        if (!code.matches() || own.isEmpty() || chat.path("type").asText().equals("channel")) {
            return;
        }
        Channel channel = own.getFirst();
        String chatId = chat.path("id").asText();
        Optional<Recipient> linked = links.redeem(tx, code.group(1), channel.id(), chatId);
        // Whoever guesses is told nothing: an answer would only tell that somebody listens here.
        linked.ifPresent(recipient -> tx.afterCommit(() -> later(() -> answers.say(
                channel,
                chatId,
                messages.text(
                        Message.of("alerting.telegram.linked", "name", recipient.name()), recipient.language())))));
    }

    private void press(Tx tx, TelegramUpdate update) {
        JsonNode body = update.body();
        String chatId = body.path("message").path("chat").path("id").asText("");
        for (Channel channel : of(tx, update.bot())) {
            Optional<Recipient> recipient = recipient(tx, channel, chatId);
            if (recipient.isPresent()) {
                BotAnswers.Pressed pressed = new BotAnswers.Pressed(
                        channel,
                        body.path("id").asText(""),
                        chatId,
                        body.path("message").path("message_id").asLong());
                String data = body.path("data").asText("");
                // In a group anybody may press: only in a chat of his own is it the person.
                boolean alone = body.path("from").path("id").asText("").equals(chatId);
                tx.afterCommit(() -> later(() -> act(recipient.get(), alone, pressed, data)));
                return;
            }
        }
    }

    /** Who was told in the group is told in what it has become. */
    private void follow(Tx tx, Channel channel, Upgrade upgrade) {
        for (Recipient recipient : recipients.all(tx, channel.branch())) {
            recipients.ways(tx, recipient.id()).stream()
                    .filter(way -> way.kind() == WayKind.TELEGRAM && isAt(way, channel, upgrade.from()))
                    .forEach(way -> {
                        Map<String, String> settings = new HashMap<>(way.settings());
                        settings.put("chatId", upgrade.to());
                        recipients.resettle(tx, way.id(), settings);
                    });
        }
    }

    private Optional<Recipient> recipient(Tx tx, Channel channel, String chatId) {
        return recipients.all(tx, channel.branch()).stream()
                .filter(one -> recipients.ways(tx, one.id()).stream()
                        .anyMatch(way -> way.kind() == WayKind.TELEGRAM && isAt(way, channel, chatId)))
                .findFirst();
    }

    private static boolean isAt(Way way, Channel channel, String chatId) {
        return way.setting("channel").equals(channel.id())
                && way.setting("chatId").equals(chatId);
    }

    private void act(Recipient recipient, boolean alone, BotAnswers.Pressed pressed, String data) {
        Presses.Done done;
        try {
            done = presses.press(recipient, alone, data);
        } catch (FaultException e) {
            done = new Presses.Done(e.faults().getFirst().message(), Presses.After.STAYS);
        }
        answers.answer(
                pressed,
                messages.text(done.said(), recipient.language()),
                done.after() == Presses.After.ASK
                        ? Optional.of(messages.text(Message.of("alerting.press.freeze.sure"), recipient.language()))
                        : Optional.empty(),
                done.after() == Presses.After.GOES);
    }

    private void later(Runnable what) {
        later.execute(() -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                // The press is undone by nothing: it can be pressed again.
                log.atError().setCause(e).log("what was written to a bot failed");
            }
        });
    }
}
