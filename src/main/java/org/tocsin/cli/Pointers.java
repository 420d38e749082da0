package org.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Names what was typed where the API names a field of a request. */
final class Pointers {
    /** Fields whose option is not called like them. Of several options, that which the command has. */
    private static final Map<String, List<String>> OPTIONS = Map.ofEntries(
            Map.entry("Idempotency-Key", List.of("--key")),
            Map.entry("allowThread", List.of("--thread")),
            Map.entry("alt", List.of("--alt")),
            Map.entry("channelId", List.of("--id", "--channel")),
            Map.entry("channels", List.of("--channels", "--channel")),
            Map.entry("contentWarning", List.of("--warning")),
            Map.entry("decision", List.of("DECISION")),
            Map.entry("displayName", List.of("--display")),
            Map.entry("domains", List.of("--domain")),
            Map.entry("assignee", List.of("PERSON")),
            Map.entry("chatId", List.of("--chat")),
            Map.entry("escalateMinutes", List.of("--escalate")),
            Map.entry("kind", List.of("KIND")),
            Map.entry("query", List.of("--query", "QUERY")),
            Map.entry("recipients", List.of("--recipient")),
            Map.entry("userId", List.of("--user")),
            Map.entry("handles", List.of("HANDLES")),
            Map.entry("id", List.of("ID")),
            Map.entry("media", List.of("--image")),
            Map.entry("name", List.of("--name", "NAME")),
            Map.entry("network", List.of("NETWORK")),
            Map.entry("numbering", List.of("--number")),
            Map.entry("overrideFreeze", List.of("--override-freeze")),
            Map.entry("language", List.of("--lang")),
            Map.entry("q", List.of("QUERY")),
            Map.entry("reason", List.of("--reason", "--override-freeze")),
            Map.entry("replyTo", List.of("--reply-to")),
            Map.entry("text", List.of("TEXT", "--edit")),
            Map.entry("type", List.of("WHAT")),
            Map.entry("undoSeconds", List.of("--undo")),
            Map.entry("url", List.of("URL", "WHAT")),
            Map.entry("variants", List.of("--variant")));

    private Pointers() {}

    /**
     * @param error one of a problem, with a JSON pointer into the body of the request, or an empty one
     * @return what the person typed there; the pointer's parts where the command has no option for it; empty for an empty pointer
     */
    static String typed(JsonNode error, CommandSpec command) {
        String pointer = error.path("pointer").asText();
        // A header is no field of the body, to which a pointer could point.
        if (pointer.isEmpty() && error.path("code").asText().startsWith("web.key.")) {
            return typed("/Idempotency-Key", command);
        }
        return typed(pointer, command);
    }

    private static String typed(String pointer, CommandSpec command) {
        if (pointer.isEmpty()) {
            return "";
        }
        String[] parts = pointer.substring(1).split("/", -1);
        boolean described = parts[0].equals("media") && parts[parts.length - 1].equals("alt");
        boolean setting = parts[0].equals("settings") && parts.length == 2;
        String field = described ? "alt" : setting ? parts[1] : parts[0];
        Set<String> has = Stream.concat(
                        command.options().stream().map(OptionSpec::longestName),
                        command.positionalParameters().stream().map(PositionalParamSpec::paramLabel))
                .collect(Collectors.toSet());
        return OPTIONS.getOrDefault(field, List.of("--" + field)).stream()
                .filter(has::contains)
                .findFirst()
                .map(option -> field.equals("variants") && parts.length > 1 ? option + " " + parts[1] : option)
                .orElse(String.join(".", parts));
    }
}
