package org.tocsin.network.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.network.Effect;
import org.tocsin.network.FakeServer;
import org.tocsin.network.Seen;
import org.tocsin.network.SeenParts;

/** The Bot API with one bot and one channel, as far as a bot that posts needs it. Methods are matched without case, as by the real one. */
public final class FakeTelegram extends FakeServer {
    public static final String TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
    static final int FOLLOWERS = 4217;
    static final long CHAT = -1001234567890L;
    static final String NAME = "@agenda_fr";
    static final String TITLE = "L’agenda";
    private static final long BOT = 123456;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicInteger lastMessage = new AtomicInteger(100);
    private final Map<Integer, Instant> messages = new ConcurrentHashMap<>();
    private final Map<Long, Long> migrated = new ConcurrentHashMap<>();
    private final FakeUpdates updates = new FakeUpdates();
    private final Set<String> talking = ConcurrentHashMap.newKeySet();
    private final Queue<Reply> talk = new ConcurrentLinkedQueue<>();
    private volatile String token = TOKEN;
    private volatile String role = "administrator";
    private volatile boolean mayPost = true;
    private volatile boolean webhook;
    private volatile boolean uneditable;

    public FakeTelegram(Clock clock) throws IOException {
        super(clock);
    }

    /** The bot has another token from now on, as after {@code /revoke}. */
    public void token(String fresh) {
        token = fresh;
    }

    /** What the bot is in the channel: {@code administrator}, {@code member}, {@code left}, {@code kicked}. */
    void role(String status, boolean canPost) {
        role = status;
        mayPost = canPost;
    }

    /** The group has become a supergroup. */
    void migrate(long from, long to) {
        migrated.put(from, to);
    }

    /** Another program receives the updates. */
    void webhook() {
        webhook(true);
    }

    void webhook(boolean set) {
        webhook = set;
    }

    /** Its messages cannot be edited, as those of somebody else. */
    void uneditable() {
        uneditable = true;
    }

    /** Somebody who talks with the bot by himself, in whatever markup. */
    public void talks(long person) {
        talking.add(String.valueOf(person));
    }

    /** What is answered to the next calls in such a talk, instead of that all is well. */
    public void nextTalk(Reply... replies) {
        talk.addAll(List.of(replies));
    }

    /** As after a week without updates: the next one has that id. */
    void updatesFrom(long id) {
        updates.next(id);
    }

    /** Something happens that the bot hears of; {@code {}} with the update's field. */
    public void update(String field, String json) {
        updates.add(field, read(json));
    }

    /** Somebody writes in a group; says the number of the message. */
    int saidInGroup(long group, String text, Instant at) {
        int number = lastMessage.incrementAndGet();
        updates.add("message", groupMessage(group, number, text, at));
        return number;
    }

    /** Somebody changes what they wrote. */
    void editedInGroup(long group, int number, String text, Instant at) {
        updates.add("edited_message", groupMessage(group, number, text, at));
    }

    private static ObjectNode groupMessage(long group, int number, String text, Instant at) {
        ObjectNode message = JSON.createObjectNode()
                .put("message_id", number)
                .put("date", at.getEpochSecond())
                .put("text", text);
        message.putObject("chat").put("id", group).put("type", "supergroup").put("title", "Quartier");
        message.putObject("from")
                .put("id", 7)
                .put("first_name", "Rose")
                .put("username", "rose")
                .put("is_bot", false);
        return message;
    }

    /** Somebody posts in the channel. */
    public void posted(String text) {
        ObjectNode post = message(lastMessage.incrementAndGet(), chat(), now()).put("text", text);
        updates.add("channel_post", post);
    }

    @Override
    protected Kind kind(Seen request) {
        String method = method(request);
        if (method.equals("getchatmembercount")) {
            return Kind.COUNT;
        }
        return method.startsWith("send") ? Kind.CREATE : method.startsWith("edit") ? Kind.EDIT : Kind.OTHER;
    }

    @Override
    public String key(Seen create) {
        return "";
    }

    @Override
    public Effect plant(String text, Instant at) {
        int id = lastMessage.incrementAndGet();
        messages.put(id, at);
        return accept(new Effect("", "" + id, text, null, List.of(), at, Optional.empty()));
    }

    @Override
    protected Reply reply(Seen request) {
        if (!request.path().startsWith("/bot" + token + "/")) {
            return refusal(401, "Unauthorized");
        }
        SeenParts parts = SeenParts.of(request).orElse(null);
        ObjectNode params =
                parts == null ? (ObjectNode) read(request.body().isEmpty() ? "{}" : request.body()) : params(parts);
        if (talking.contains(params.path("chat_id").asText())) {
            Reply scripted = talk.poll();
            if (scripted != null) {
                return scripted;
            }
            return ok(JSON.createObjectNode().put("message_id", lastMessage.incrementAndGet()));
        }
        return switch (method(request)) {
            case "answercallbackquery" -> ok(JSON.getNodeFactory().booleanNode(true));
            case "getme" ->
                ok(JSON.createObjectNode()
                        .put("id", BOT)
                        .put("is_bot", true)
                        .put("first_name", "Agenda")
                        .put("username", "agenda_bot"));
            case "getchat" -> inChat(params, () -> ok(chat()));
            case "getchatmembercount" ->
                inChat(params, () -> ok(JSON.getNodeFactory().numberNode(FOLLOWERS)));
            case "getchatmember" ->
                inChat(
                        params,
                        () -> params.path("user_id").asLong() == BOT
                                ? ok(member())
                                : refusal(400, "Bad Request: user not found"));
            case "getupdates" ->
                webhook
                        ? refusal(
                                409,
                                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
                        : ok(updates.get(
                                params.path("offset").asLong(0),
                                params.path("limit").asInt(100),
                                Duration.ofSeconds(params.path("timeout").asInt(0))));
            case "getwebhookinfo" -> ok(JSON.createObjectNode().put("url", webhook ? "https://autre.fr/bot" : ""));
            case "sendmessage" ->
                inChat(params, () -> send(request, params, params.path("text").asText(), "entities", 4096, 1));
            case "sendphoto" ->
                inChat(
                        params,
                        () -> parts != null && parts.files().containsKey("photo")
                                ? send(request, params, params.path("caption").asText(), "caption_entities", 1024, 1)
                                : refusal(400, "Bad Request: there is no photo in the request"));
            case "sendanimation" ->
                inChat(
                        params,
                        () -> parts != null && parts.files().containsKey("animation")
                                ? send(request, params, params.path("caption").asText(), "caption_entities", 1024, 1)
                                : refusal(400, "Bad Request: there is no animation in the request"));
            case "sendmediagroup" -> inChat(params, () -> album(request, params, parts));
            case "editmessagetext" -> inChat(params, () -> edit(params, "text", "entities", 4096));
            case "editmessagecaption" -> inChat(params, () -> edit(params, "caption", "caption_entities", 1024));
            case "deletemessage" ->
                inChat(params, () -> delete(params.path("message_id").asInt()));
            default -> refusal(404, "Not Found: method not found");
        };
    }

    private Reply album(Seen request, ObjectNode params, @Nullable SeenParts parts) {
        JsonNode media = params.path("media");
        if (media.size() < 2 || media.size() > 10) {
            return refusal(400, "Bad Request: wrong number of media in the album");
        }
        for (JsonNode one : media) {
            String file = one.path("media").asText();
            if (!file.startsWith("attach://") || parts == null || !parts.files().containsKey(file.substring(9))) {
                return refusal(400, "Bad Request: wrong file identifier/HTTP URL specified");
            }
        }
        ObjectNode first = (ObjectNode) media.get(0);
        first.set("reply_parameters", params.path("reply_parameters"));
        return send(request, first, first.path("caption").asText(), "caption_entities", 1024, media.size());
    }

    private synchronized Reply send(
            Seen request, ObjectNode params, String text, String entities, int limit, int count) {
        if (role.equals("kicked")) {
            return refusal(403, "Forbidden: bot was kicked from the channel chat");
        }
        if (!mayPost) {
            return refusal(400, "Bad Request: need administrator rights in the channel chat");
        }
        if (params.has("parse_mode")) {
            return refusal(400, "Bad Request: this test sends no markup");
        }
        if (text.length() > limit) {
            return refusal(
                    400,
                    limit == 1024 ? "Bad Request: message caption is too long" : "Bad Request: message is too long");
        }
        if (text.isBlank() && entities.equals("entities")) {
            return refusal(400, "Bad Request: message text is empty");
        }
        for (JsonNode entity : params.path(entities)) {
            int start = entity.path("offset").asInt(-1);
            int length = entity.path("length").asInt(0);
            if (start < 0 || length < 1 || start + length > text.length()) {
                return refusal(400, "Bad Request: ENTITY_BOUNDS_INVALID");
            }
        }
        int parent = params.path("reply_parameters").path("message_id").asInt(0);
        if (parent != 0 && !messages.containsKey(parent)) {
            return refusal(400, "Bad Request: message to be replied not found");
        }
        ArrayNode sent = JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            int id = lastMessage.incrementAndGet();
            messages.put(id, now());
            ObjectNode message = message(id, chat(), now());
            sent.add(i == 0 && !text.isEmpty() ? message.put(limit == 1024 ? "caption" : "text", text) : message);
        }
        String id = sent.get(0).path("message_id").asText();
        accept(new Effect("", id, text, parent == 0 ? null : "" + parent, List.of(), now(), Optional.of(request)));
        return ok(method(request).equals("sendmediagroup") ? sent : sent.get(0));
    }

    /** The method for texts knows no captions, and that for captions no texts. */
    private synchronized Reply edit(ObjectNode params, String field, String entities, int limit) {
        String id = params.path("message_id").asText();
        String text = params.path(field).asText();
        Optional<Effect> found = effects().stream()
                .filter(effect -> effect.remoteId().equals(id))
                .findFirst();
        if (found.isEmpty() || !messages.containsKey(Integer.valueOf(id))) {
            return refusal(400, "Bad Request: message to edit not found");
        }
        boolean caption = found.get()
                .request()
                .map(seen -> !method(seen).equals("sendmessage"))
                .orElse(false);
        if (caption != field.equals("caption")) {
            return refusal(400, "Bad Request: there is no " + field + " in the message to edit");
        }
        if (uneditable) {
            return refusal(400, "Bad Request: message can't be edited");
        }
        if (text.isBlank() || text.length() > limit || params.has("parse_mode")) {
            return refusal(400, "Bad Request: message text is empty, too long or marked up");
        }
        for (JsonNode entity : params.path(entities)) {
            int start = entity.path("offset").asInt(-1);
            int length = entity.path("length").asInt(0);
            if (start < 0 || length < 1 || start + length > text.length()) {
                return refusal(400, "Bad Request: ENTITY_BOUNDS_INVALID");
            }
        }
        if (found.get().text().equals(text)) {
            return refusal(
                    400,
                    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        }
        reword(id, text, List.of());
        return ok(message(Integer.parseInt(id), chat(), now()).put(field, text));
    }

    private Reply delete(int id) {
        Instant at = messages.get(id);
        if (at == null) {
            return refusal(400, "Bad Request: message to delete not found");
        }
        if (at.isBefore(now().minus(Duration.ofDays(2)))) {
            return refusal(400, "Bad Request: message can't be deleted");
        }
        messages.remove(id);
        remove("" + id);
        return ok(JSON.getNodeFactory().booleanNode(true));
    }

    private Reply inChat(ObjectNode params, Supplier<Reply> then) {
        String chat = params.path("chat_id").asText();
        Long moved = chat.matches("-[0-9]+") ? migrated.get(Long.parseLong(chat)) : null;
        if (moved != null) {
            return Reply.json(
                    400,
                    "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a supergroup chat\",\"parameters\":{\"migrate_to_chat_id\":"
                            + moved + "}}");
        }
        return chat.equals("" + CHAT) || chat.equalsIgnoreCase(NAME)
                ? then.get()
                : refusal(400, "Bad Request: chat not found");
    }

    private ObjectNode member() {
        ObjectNode member = JSON.createObjectNode().put("status", role);
        member.putObject("user").put("id", BOT).put("is_bot", true).put("first_name", "Agenda");
        return role.equals("administrator") ? member.put("can_post_messages", mayPost) : member;
    }

    private static ObjectNode chat() {
        return JSON.createObjectNode()
                .put("id", CHAT)
                .put("type", "channel")
                .put("title", TITLE)
                .put("username", NAME.substring(1));
    }

    private static ObjectNode message(int id, ObjectNode chat, Instant at) {
        ObjectNode message = JSON.createObjectNode().put("message_id", id).put("date", at.getEpochSecond());
        message.set("chat", chat);
        return message;
    }

    private static ObjectNode params(SeenParts parts) {
        ObjectNode params = JSON.createObjectNode();
        parts.fields().forEach((name, value) -> {
            boolean json =
                    List.of("media", "caption_entities", "reply_parameters").contains(name);
            params.set(name, json ? read(value) : JSON.getNodeFactory().textNode(value));
        });
        return params;
    }

    private static String method(Seen request) {
        return request.path().replaceFirst(".*/", "").toLowerCase(Locale.ROOT);
    }

    public static Reply refusal(int status, String description) {
        return Reply.json(
                status,
                JSON.createObjectNode()
                        .put("ok", false)
                        .put("error_code", status)
                        .put("description", description)
                        .toString());
    }

    private static Reply ok(JsonNode result) {
        return Reply.json(
                200,
                JSON.createObjectNode().put("ok", true).set("result", result).toString());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
