package org.tocsin.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** Puts the handles of one network in the place of {@code @{name}}. */
public final class MentionExpansion {
    private static final Pattern PLACE = Pattern.compile("@\\{([^{}\\n]*+)(}?)");
    private static final int SHOWN = 60;

    private MentionExpansion() {}

    /**
     * @param text    as the author wrote it
     * @param network the network's id, such as {@code mastodon}
     * @param book    who may be mentioned
     * @return the text with each {@code @{name}} replaced by the handle on that network, or by the display name where there is none
     * @throws FaultException INVALID at {@code /text}, with every fault: {@code post.mention.unknown} for a name that is not in the book,
     *     {@code post.mention.malformed} for one that is empty or has no closing brace
     */
    public static String expand(String text, String network, MentionBook book) {
        List<Fault> faults = new ArrayList<>();
        StringBuilder expanded = new StringBuilder(text.length());
        Matcher matcher = PLACE.matcher(text);
        int copied = 0;
        while (matcher.find()) {
            expanded.append(text, copied, matcher.start());
            copied = matcher.end();
            String name = matcher.group(1);
            if (matcher.group(2).isEmpty() || name.isBlank()) {
                faults.add(fault("post.mention.malformed", matcher.group()));
                continue;
            }
            Optional<MentionEntry> entry = book.find(name);
            if (entry.isEmpty()) {
                faults.add(fault("post.mention.unknown", name));
            }
            entry.ifPresent(known -> expanded.append(known.handle(network).orElse(known.displayName())));
        }
        if (!faults.isEmpty()) {
            throw new FaultException(FaultException.Kind.INVALID, faults);
        }
        return expanded.append(text, copied, text.length()).toString();
    }

    private static Fault fault(String code, String name) {
        String shown = name.length() > SHOWN ? Graphemes.prefix(name, SHOWN) + "…" : name;
        return Fault.at("/text", Message.of(code, "name", shown));
    }
}
