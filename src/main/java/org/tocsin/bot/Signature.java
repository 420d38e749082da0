package org.tocsin.bot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.subscriber.dialogue.Button;
import org.tocsin.subscriber.dialogue.Heard;

/**
 * What a button carries: act, argument and a keyed hash of both and of the account it was shown to, so that nobody presses what he was not
 * shown. At most 64 bytes (core.telegram.org/bots/api#inlinekeyboardbutton, {@code callback_data}): 1 + 36 + 16 and two colons.
 */
final class Signature {
    private static final Pattern DATA = Pattern.compile("([a-z]):([A-Za-z0-9-]{0,40}):([0-9a-f]{16})");

    private final UnaryOperator<String> hash;

    /** @param hash keyed, 64 hexadecimal digits */
    Signature(UnaryOperator<String> hash) {
        this.hash = hash;
    }

    String sign(long telegramId, Button button) {
        String said = button.act().letter() + ":" + button.argument();
        return said + ":" + mac(telegramId, said);
    }

    private String mac(long telegramId, String said) {
        return hash.apply("button:" + telegramId + ":" + said).substring(0, 16);
    }

    /** @return empty for what was not made here, or for another account */
    Optional<Heard.Press> read(long telegramId, String data) {
        Matcher parts = DATA.matcher(data);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String said = parts.group(1) + ":" + parts.group(2);
        boolean ours = MessageDigest.isEqual(
                mac(telegramId, said).getBytes(StandardCharsets.US_ASCII),
                parts.group(3).getBytes(StandardCharsets.US_ASCII));
        return ours
                ? Arrays.stream(Button.Act.values())
                        .filter(act -> act.letter().equals(parts.group(1)))
                        .findFirst()
                        .map(act -> new Heard.Press(act, parts.group(2)))
                : Optional.empty();
    }
}
