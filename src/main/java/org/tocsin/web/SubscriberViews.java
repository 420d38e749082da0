package org.tocsin.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.tocsin.base.Message;
import org.tocsin.subscriber.Consent;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.KeptLetter;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.Subscriber;

/** Subscribers as JSON. */
public final class SubscriberViews {
    private SubscriberViews() {}

    /** @return the file that a person takes with him */
    public static String file(PersonData data) {
        Json json = new Json();
        return json.write(data(json, data));
    }

    static ObjectNode row(Json json, Subscriber one) {
        ObjectNode node = json.object();
        node.put("id", one.id());
        node.put("state", one.state().name());
        node.put("reach", one.reach().name());
        node.put("language", one.language());
        node.put("address", one.person().address());
        Long telegram = one.person().telegramId();
        node.put("telegramId", telegram == null ? null : String.valueOf(telegram));
        node.put("name", one.person().name());
        ArrayNode topics = node.putArray("topics");
        one.topics().stream().sorted().forEach(topics::add);
        node.put("link", one.link());
        Json.put(node, "createdAt", one.createdAt());
        Json.put(node, "confirmedAt", one.confirmedAt());
        Json.put(node, "endedAt", one.endedAt());
        Json.put(node, "seenAt", one.seenAt());
        node.put("version", one.version());
        return node;
    }

    /** Everything that is kept of one person, with what he agreed to. */
    static ObjectNode data(Json json, PersonData data) {
        ObjectNode node = row(json, data.subscriber());
        ArrayNode topics = node.putArray("topicNames");
        data.topics().forEach(topics::add);
        node.put("linkName", data.link());
        node.put("controller", data.settings().controller());
        node.put("contact", data.settings().contact());
        steps(node.putArray("consents"), data.history());
        ArrayNode earlier = node.putArray("earlier");
        for (PersonData.Earlier one : data.earlier()) {
            ObjectNode before = earlier.addObject();
            before.put("id", one.id());
            Subscriber was = one.subscriber();
            before.put("state", was == null ? null : was.state().name());
            Json.put(before, "createdAt", was == null ? null : was.createdAt());
            Json.put(before, "endedAt", was == null ? null : was.endedAt());
            steps(before.putArray("consents"), one.history());
        }
        ArrayNode requests = node.putArray("requests");
        for (PersonRequest one : data.requests()) {
            ObjectNode request = requests.addObject();
            request.put("kind", one.kind().name());
            request.put("door", one.door().name());
            Json.put(request, "at", one.at());
            Json.put(request, "dueAt", one.dueAt());
            Json.put(request, "doneAt", one.doneAt());
            request.put("note", one.note());
        }
        node.put("awaitedAddress", data.awaited());
        letters(node.putArray("letters"), data.letters());
        return node;
    }

    /** @return in plain words: when, what about, what became of it */
    public static Message told(KeptLetter one) {
        return Message.of("signup.data.letter", "at", one.at(), "about", one.about(), "state", one.state());
    }

    /** @return in plain words: when and how it came back */
    public static Message told(KeptLetter.Back back) {
        return Message.of("signup.data.back", "at", back.at(), "kind", back.kind());
    }

    private static void letters(ArrayNode letters, List<KeptLetter> kept) {
        for (KeptLetter one : kept) {
            ObjectNode letter = letters.addObject();
            letter.put("about", one.about().name());
            letter.put("subject", one.subject());
            letter.put("reach", one.reach().name());
            letter.put("state", one.state().name());
            Json.put(letter, "at", one.at());
            ArrayNode back = letter.putArray("back");
            for (KeptLetter.Back came : one.back()) {
                ObjectNode node = back.addObject();
                Json.put(node, "at", came.at());
                node.put("kind", came.kind().name());
                node.put("status", came.status());
            }
        }
    }

    private static void steps(ArrayNode history, List<PersonData.Step> steps) {
        for (PersonData.Step step : steps) {
            Consent consent = step.consent();
            ObjectNode row = history.addObject();
            Json.put(row, "at", step.at());
            row.put("kind", consent.kind().name());
            row.put("purpose", consent.purpose());
            row.put("language", consent.language());
            row.put("text", step.text());
            row.put("textVersion", step.version());
            row.put("reach", consent.reach().name());
            row.put("who", consent.who());
            ArrayNode chosen = row.putArray("topics");
            consent.topics().forEach(chosen::add);
            row.put("link", consent.link());
            row.put("door", consent.door().name());
            row.put("proof", consent.proof());
            row.put("hash", step.hash());
        }
    }

    /** @return what is wrong with a register, and what to do; to be asked only where something is */
    public static Message fault(ConsentRegister.Verified verified) {
        ConsentRegister.Fault fault = Objects.requireNonNull(verified.fault());
        return switch (fault) {
            case CHAIN -> Message.of("signup.register.chain", "row", verified.broken());
            case WORDS -> Message.of("signup.register.words", "row", verified.broken());
            case TEXT -> Message.of("signup.register.text", "row", verified.broken());
            case CHECKPOINT -> Message.of("signup.register.checkpoint", "row", verified.broken());
            case SIGNATURE -> Message.of("signup.register.signature", "row", verified.broken());
        };
    }
}
