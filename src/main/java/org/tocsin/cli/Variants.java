package org.tocsin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tocsin.base.Message;

/** Other texts for some channels, as they are typed: {@code CHANNEL=TEXT} or {@code CHANNEL=@FILE}. */
final class Variants {
    private Variants() {}

    static ObjectNode read(ObjectNode into, List<String> typed) {
        for (String one : typed) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new CommandFault(Message.of("cli.post.variant", "value", one));
            }
            into.putObject(one.substring(0, equals).strip()).put("text", text(one.substring(equals + 1)));
        }
        return into;
    }

    private static String text(String typed) {
        if (!typed.startsWith("@") || typed.startsWith("@{")) {
            return typed;
        }
        Path file = Path.of(typed.substring(1));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFault(Message.of("cli.file", "file", file));
        }
    }
}
