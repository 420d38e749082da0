package org.tocsin.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telegram's Bot API: no key, and nobody can be asked afterwards. */
final class TelegramRecorder extends Recorder {
    private static final String TOKEN = "123456:crash-test-token-aaaaaaaaaaaaaaaaaaa";
    private static final Pattern CAPTION =
            Pattern.compile("name=\"caption\"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--", Pattern.DOTALL);

    TelegramRecorder(Trigger trigger, long seed) throws IOException {
        super(trigger, seed);
    }

    @Override
    String channel() {
        return "none";
    }

    @Override
    String channelBody() {
        return "{\"id\":\"none\",\"network\":\"telegram\",\"settings\":{\"baseUrl\":\"" + origin()
                + "\",\"chatId\":\"-1001234567890\",\"rate.messages-1s\":\"off\",\"rate.messages-1min\":\"off\"},"
                + "\"secrets\":{\"botToken\":\"" + TOKEN + "\"},\"check\":false}";
    }

    @Override
    String answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        return switch (path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT)) {
            case "getme" ->
                "{\"ok\":true,\"result\":{\"id\":1,\"is_bot\":true,\"first_name\":\"A\",\"username\":\"a_bot\"}}";
            case "getchat" ->
                "{\"ok\":true,\"result\":{\"id\":-1001234567890,\"type\":\"channel\",\"title\":\"Asso\"}}";
            case "sendmessage" -> {
                JsonNode message = read(body);
                yield sent(create("", message.path("text").asText(), parent(message)));
            }
            case "sendphoto" -> {
                Matcher caption = CAPTION.matcher(new String(body, StandardCharsets.UTF_8));
                yield sent(create("", caption.find() ? caption.group(1) : "", ""));
            }
            default -> {
                Recorder.reply(exchange, 404, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}");
                yield null;
            }
        };
    }

    private static String parent(JsonNode message) {
        return message.path("reply_parameters").path("message_id").asText("");
    }

    private static String sent(Accepted made) {
        return made == null
                ? null
                : "{\"ok\":true,\"result\":{\"message_id\":" + made.id()
                        + ",\"date\":1795464564,\"chat\":{\"id\":-1001234567890,\"type\":\"channel\",\"title\":\"Asso\"}}}";
    }
}
