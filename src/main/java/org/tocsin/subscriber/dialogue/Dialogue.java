package org.tocsin.subscriber.dialogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.base.Message;
import org.tocsin.letter.MailAddress;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Topic;
import org.tocsin.subscriber.dialogue.Button.Act;
import org.tocsin.subscriber.dialogue.Heard.Command;
import org.tocsin.subscriber.dialogue.Heard.Press;
import org.tocsin.subscriber.dialogue.Heard.Something;
import org.tocsin.subscriber.dialogue.Heard.Words;
import org.tocsin.subscriber.dialogue.Talk.Step;

/** What is answered to what. A pure function of where the talk stands, what was heard and what is known. */
public final class Dialogue {
    /** Of what comes with {@code /start} (core.telegram.org/bots/features#deep-linking: 1 to 64 of these). */
    private static final String PAYLOAD = "[A-Za-z0-9_-]{1,32}";

    private Dialogue() {}

    /** @return the talk of somebody who has said nothing yet, in the language of his Telegram */
    public static Talk begin(String languageCode) {
        return Talk.begun(languageCode.toLowerCase(Locale.ROOT).startsWith("fr") ? "fr" : "en");
    }

    /** @return the question to somebody who was silent for long */
    public static Reply still() {
        return Reply.of("bot.still")
                .with(List.of(
                        List.of(Button.of(Act.STILL, "bot.button.still"), Button.of(Act.LEAVE, "bot.button.leave"))));
    }

    /** @return what follows */
    public static Turn turn(Talk talk, Heard heard, House house) {
        return switch (heard) {
            case Command command -> command(talk, command, house);
            case Press press -> press(talk, press, house);
            case Words words -> words(talk, words.text(), house);
            case Something _ -> Turn.say(talk, Reply.of("bot.hint"));
        };
    }

    /** An address behind a command is taken where one is asked for, and stays in the chat nowhere. */
    private static Turn command(Talk talk, Command command, House house) {
        boolean address = command.argument().indexOf('@') >= 0;
        if (address && command.name().equals("correct") && house.subscriber().isPresent() && house.mail()) {
            return words(talk.at(Step.CORRECTION), command.argument(), house);
        }
        Turn turn = obeyed(talk, command, house);
        return address ? turn.after(new Deed.DeleteMessage()) : turn;
    }

    private static Turn obeyed(Talk talk, Command command, House house) {
        return switch (command.name()) {
            case "start" -> start(talk, command.argument(), house);
            case "stop" -> stop(talk, house);
            case "topics" -> topics(talk, house);
            case "mydata" -> data(talk, house);
            case "correct" -> correct(talk, house);
            case "restrict" -> restrict(talk, house);
            case "release" -> release(talk, house);
            case "object" -> oppose(talk, house);
            case "delete" -> erase(talk, house);
            case "privacy" -> Turn.say(talk, privacy(house));
            case "help" -> Turn.say(talk, Reply.of("bot.help"));
            default -> Turn.say(talk, Reply.of("bot.hint"));
        };
    }

    private static Turn start(Talk talk, String payload, House house) {
        Talk from = talk.from(payload.matches(PAYLOAD) ? payload : talk.link());
        if (house.subscriber().isPresent()) {
            return Turn.say(
                    from.at(Step.IDLE),
                    Reply.of("bot.there")
                            .with(List.of(
                                    List.of(
                                            Button.of(Act.TOPICS, "bot.button.topics"),
                                            Button.of(Act.DATA, "bot.button.data")),
                                    List.of(Button.of(Act.LEAVE, "bot.button.leave")))));
        }
        return consent(from.with(Set.of()), house, false);
    }

    private static Turn consent(Talk talk, House house, boolean instead) {
        Optional<ConsentText> text = Optional.ofNullable(house.texts().get(talk.language()));
        if (!house.settings().ready() || text.isEmpty()) {
            return Turn.say(talk.at(Step.IDLE), Reply.of("bot.closed"));
        }
        Reply reply = Reply.of(
                        "bot.consent",
                        "controller",
                        house.settings().controller(),
                        "purpose",
                        house.settings().purpose(talk.language()),
                        "version",
                        text.get().number())
                .quoting(text.get().text())
                .with(List.of(
                        List.of(
                                new Button(Act.AGREE, text.get().id(), Message.of("bot.button.agree"), ""),
                                Button.of(Act.DECLINE, "bot.button.decline")),
                        List.of(Button.of(Act.LANGUAGE, "bot.button.language"))));
        return Turn.say(talk.at(Step.CONSENT), instead ? reply.inPlace() : reply);
    }

    private static Turn press(Talk talk, Press press, House house) {
        return switch (press.act()) {
            case AGREE -> talk.step() == Step.CONSENT ? agreed(talk, press.argument(), house) : over(talk, house);
            case DECLINE ->
                Turn.say(talk.at(Step.IDLE), Reply.of("bot.declined").inPlace());
            case LANGUAGE -> language(talk.in(talk.language().equals("fr") ? "en" : "fr"), house);
            case TICK -> tick(talk, press.argument(), house);
            case TICKED -> ticked(talk, house);
            case HERE -> talk.step() == Step.WHERE ? joined(talk) : over(talk, house);
            case MAIL ->
                talk.step() == Step.WHERE && house.mail()
                        ? Turn.say(
                                talk.at(Step.ADDRESS), Reply.of("bot.address").inPlace())
                        : over(talk, house);
            case LEAVE -> stop(talk, house);
            case RESTRICT -> restrict(talk, house);
            case RELEASE -> release(talk, house);
            case OPPOSE -> oppose(talk, house);
            case TOPICS -> topics(talk, house);
            case DATA -> data(talk, house);
            case ERASE ->
                talk.step() == Step.ERASURE && house.subscriber().isPresent()
                        ? Turn.act(
                                talk.at(Step.IDLE),
                                new Deed.Erase(),
                                Reply.of("bot.erased").inPlace())
                        : over(talk, house);
            case STILL ->
                house.subscriber().isPresent()
                        ? Turn.act(
                                talk,
                                new Deed.Renew(),
                                Reply.of("bot.still.thanks").inPlace())
                        : over(talk, house);
        };
    }

    /** A button of a talk that is over: it begins anew. */
    private static Turn over(Talk talk, House house) {
        return start(talk.at(Step.IDLE), "", house);
    }

    private static Turn language(Talk talk, House house) {
        return house.subscriber().isPresent()
                ? Turn.act(
                        talk,
                        new Deed.Choose(house.subscriber().get().topics(), talk.language()),
                        Reply.of("bot.saved"))
                : consent(talk, house, true);
    }

    private static Turn agreed(Talk before, String textId, House house) {
        ConsentText text = house.texts().get(before.language());
        if (text == null || !text.id().equals(textId)) {
            // An older message, or another language: what was agreed to is not what holds now.
            return consent(before, house, true);
        }
        Talk talk = before.agreed(textId);
        return house.topics().isEmpty()
                ? where(talk, house)
                : Turn.say(talk.at(Step.TOPICS), ticks(talk, house).inPlace());
    }

    private static Reply ticks(Talk talk, House house) {
        List<List<Button>> rows = new ArrayList<>();
        for (Topic topic : house.topics()) {
            rows.add(List.of(new Button(
                    Act.TICK,
                    topic.id(),
                    Message.of("bot.button.topic", "name", topic.name(talk.language())),
                    talk.topics().contains(topic.id()) ? "☑ " : "☐ ")));
        }
        rows.add(List.of(Button.of(Act.TICKED, "bot.button.done")));
        return Reply.of("bot.topics").with(rows);
    }

    private static Turn tick(Talk talk, String topic, House house) {
        if (talk.step() != Step.TOPICS && talk.step() != Step.CHANGE) {
            return over(talk, house);
        }
        Set<String> ticked = new HashSet<>(talk.topics());
        if (!ticked.remove(topic)
                && house.topics().stream().anyMatch(one -> one.id().equals(topic))) {
            ticked.add(topic);
        }
        Talk next = talk.with(ticked);
        return Turn.say(next, ticks(next, house).inPlace());
    }

    private static Turn ticked(Talk talk, House house) {
        return switch (talk.step()) {
            case TOPICS -> where(talk, house);
            case CHANGE ->
                Turn.act(
                        talk.at(Step.IDLE),
                        new Deed.Choose(talk.topics(), talk.language()),
                        Reply.of("bot.saved").inPlace());
            case IDLE, CONSENT, WHERE, ADDRESS, CORRECTION, ERASURE -> over(talk, house);
        };
    }

    private static Turn where(Talk talk, House house) {
        return house.mail()
                ? Turn.say(
                        talk.at(Step.WHERE),
                        Reply.of("bot.where")
                                .with(List.of(List.of(
                                        Button.of(Act.HERE, "bot.button.here"),
                                        Button.of(Act.MAIL, "bot.button.mail"))))
                                .inPlace())
                : joined(talk);
    }

    private static Turn joined(Talk talk) {
        return Turn.act(
                talk.at(Step.IDLE),
                new Deed.Join(talk.topics(), String.valueOf(talk.textId())),
                Reply.of("bot.joined").inPlace());
    }

    private static Turn words(Talk talk, String text, House house) {
        if (talk.step() != Step.ADDRESS && talk.step() != Step.CORRECTION) {
            return aside(talk, text, Reply.of("bot.hint"));
        }
        Optional<MailAddress> address = MailAddress.of(text);
        if (address.isEmpty()) {
            return aside(talk, text, Reply.of("bot.address.invalid"));
        }
        Deed deed = talk.step() == Step.ADDRESS
                ? new Deed.AskByMail(address.get().text(), talk.topics(), String.valueOf(talk.textId()))
                : new Deed.Correct(address.get().text());
        if (talk.step() == Step.CORRECTION && house.subscriber().isEmpty()) {
            return over(talk, house);
        }
        // First of all: what is asked for may not be possible, and the address is gone all the same.
        return new Turn(talk.at(Step.IDLE), List.of(new Deed.DeleteMessage(), deed), List.of(Reply.of("bot.asked")));
    }

    /** What may hold an address does not stay in the chat, also where it is of no use. */
    private static Turn aside(Talk talk, String text, Reply reply) {
        return text.indexOf('@') < 0 ? Turn.say(talk, reply) : Turn.act(talk, new Deed.DeleteMessage(), reply);
    }

    private static Turn stop(Talk talk, House house) {
        return house.subscriber().isPresent()
                ? Turn.act(talk.at(Step.IDLE), new Deed.Leave(), Reply.of("bot.left"))
                : Turn.say(talk.at(Step.IDLE), Reply.of("bot.nobody"));
    }

    private static Turn topics(Talk talk, House house) {
        Optional<Subscriber> there = house.subscriber();
        if (there.isEmpty()) {
            return Turn.say(talk, Reply.of("bot.nobody"));
        }
        if (house.topics().isEmpty()) {
            return Turn.say(talk, Reply.of("bot.topics.none"));
        }
        // A topic that is offered no more cannot be seen, and so is not chosen again.
        Set<String> shown = new HashSet<>(there.get().topics());
        shown.retainAll(house.topics().stream().map(Topic::id).collect(Collectors.toSet()));
        Talk next = talk.at(Step.CHANGE).with(shown);
        return Turn.say(next, ticks(next, house));
    }

    private static Turn data(Talk talk, House house) {
        Optional<Subscriber> there = house.subscriber();
        if (there.isEmpty()) {
            return Turn.say(talk, Reply.of("bot.nobody"));
        }
        Subscriber one = there.get();
        String topics = String.join(
                ", ",
                house.topics().stream()
                        .filter(topic -> one.topics().contains(topic.id()))
                        .map(topic -> topic.name(talk.language()))
                        .toList());
        return Turn.act(
                talk,
                new Deed.SendData(),
                Reply.of(
                                one.topics().isEmpty()
                                        ? "bot.data"
                                        : topics.isEmpty() ? "bot.data.retired" : "bot.data.topics",
                                "since",
                                one.createdAt(),
                                "language",
                                one.language(),
                                "topics",
                                topics)
                        .with(List.of(
                                List.of(
                                        restricted(one)
                                                ? Button.of(Act.RELEASE, "bot.button.release")
                                                : Button.of(Act.RESTRICT, "bot.button.restrict")),
                                List.of(Button.of(Act.OPPOSE, "bot.button.object")))));
    }

    private static boolean restricted(Subscriber one) {
        return one.state() == Subscriber.State.RESTRICTED;
    }

    private static Turn restrict(Talk talk, House house) {
        Optional<Subscriber> there = house.subscriber();
        if (there.isEmpty()) {
            return Turn.say(talk, Reply.of("bot.nobody"));
        }
        Reply reply = Reply.of("bot.restricted").with(List.of(List.of(Button.of(Act.RELEASE, "bot.button.release"))));
        return restricted(there.get())
                ? Turn.say(talk, reply)
                : Turn.act(talk.at(Step.IDLE), new Deed.Restrict(), reply);
    }

    private static Turn release(Talk talk, House house) {
        Optional<Subscriber> there = house.subscriber();
        if (there.isEmpty()) {
            return Turn.say(talk, Reply.of("bot.nobody"));
        }
        return restricted(there.get())
                ? Turn.act(talk.at(Step.IDLE), new Deed.Release(), Reply.of("bot.released"))
                : Turn.say(talk, Reply.of("bot.unrestricted"));
    }

    private static Turn oppose(Talk talk, House house) {
        return house.subscriber().isPresent()
                ? Turn.act(talk.at(Step.IDLE), new Deed.Oppose(), Reply.of("bot.objected"))
                : Turn.say(talk.at(Step.IDLE), Reply.of("bot.nobody"));
    }

    private static Turn correct(Talk talk, House house) {
        if (house.subscriber().isEmpty()) {
            return Turn.say(talk, Reply.of("bot.nobody"));
        }
        return house.mail()
                ? Turn.say(talk.at(Step.CORRECTION), Reply.of("bot.correct"))
                : Turn.say(talk, Reply.of("bot.correct.none"));
    }

    private static Turn erase(Talk talk, House house) {
        return house.subscriber().isEmpty()
                ? Turn.say(talk, Reply.of("bot.nobody"))
                : Turn.say(
                        talk.at(Step.ERASURE),
                        Reply.of("bot.erase").with(List.of(List.of(Button.of(Act.ERASE, "bot.button.erase")))));
    }

    private static Reply privacy(House house) {
        return Reply.of(
                house.privacy().isEmpty() ? "bot.privacy" : "bot.privacy.link",
                "controller",
                house.settings().controller(),
                "contact",
                house.settings().contact(),
                "link",
                house.privacy());
    }
}
