package org.tocsin.newsletter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.letter.Letter;
import org.tocsin.letter.LetterIds;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.Subscriber;

/** Writes letters: what the author wrote, why the reader gets it, how he leaves, and who answers for it. No pixel, no counted links. */
public final class LetterComposer {
    /** Bot API, {@code sendMessage}: 1-4096 characters after the entities are read. */
    private static final int TELEGRAM = 4096;

    private final LetterImages images;
    private final Markdown markdown;
    private final LetterLinks links;
    private final LetterIds ids;
    private final Function<BranchId, Imprint> imprints;
    private final Messages messages;
    private final Letterhead head;
    private final Cache<Key, Composed> composed;

    /**
     * Where letters come from.
     *
     * @param publicUrl without a slash at its end; empty where there is none
     * @param domain    of the address in From
     * @param leave     a mail address at which whoever leaves may write as well; empty for none
     * @param zone      in which days are told
     */
    public record Letterhead(String publicUrl, String domain, String leave, ZoneId zone) {}

    private record Key(Newsletter.Text text, String language) {}

    private record Composed(String html, String text, StyledText styled, List<Letter.Picture> pictures) {}

    /** Stands for the place of images until it is known who reads; RFC 2606: nobody is there. */
    private static final String NOWHERE = "https://images.invalid/";

    /**
     * Bytes of the images of one letter. A letter goes out thousands of times, and servers that take ten megabytes see a third more of it
     * (RFC 2045, 6.8).
     */
    static final long MOST_IMAGES = 1_500_000;

    /** @param images by their id in the media library */
    public LetterComposer(
            LetterImages images,
            LetterLinks links,
            LetterIds ids,
            Function<BranchId, Imprint> imprints,
            Messages messages,
            Letterhead head) {
        this.images = images;
        this.markdown = new Markdown(id -> images.find(id).map(found -> NOWHERE + found.cid()));
        this.links = links;
        this.ids = ids;
        this.imprints = imprints;
        this.messages = messages;
        this.head = head;
        this.composed = Caffeine.newBuilder().maximumSize(16).build();
    }

    /** @return what keeps a body from being sent */
    List<Message> faults(String body) {
        List<Message> faults = markdown.faults(body);
        if (!faults.isEmpty()) {
            return faults;
        }
        long bytes = pictures(body).stream().mapToLong(Letter.Picture::bytes).sum();
        return bytes > MOST_IMAGES
                ? List.of(Message.of(
                        "newsletter.image.heavy", "limit", MOST_IMAGES / 1_000, "actual", (bytes + 999) / 1_000))
                : List.of();
    }

    private List<Letter.Picture> pictures(String body) {
        return markdown.images(body).stream()
                .flatMap(id -> images.find(id).stream())
                .toList();
    }

    /** @return an image that a newsletter shows; empty where it shows none of that name */
    public Optional<Letter.Picture> picture(Newsletter newsletter, String cid) {
        return newsletter.texts().values().stream()
                .flatMap(text -> pictures(text.body()).stream())
                .filter(picture -> picture.cid().equals(cid))
                .findFirst();
    }

    /** @return whether letters can be left by a link at all */
    boolean ready() {
        return !head.publicUrl().isEmpty();
    }

    /** @return where everybody reads it; empty without a public address */
    public String webVersion(Newsletter newsletter) {
        return head.publicUrl().isEmpty() ? "" : head.publicUrl() + "/letters/" + newsletter.id();
    }

    /** @return the letter of one row; the same for the same row */
    Letter mail(Newsletter newsletter, NewsletterSend row, Subscriber subscriber) {
        String address = Objects.requireNonNull(subscriber.person().address());
        return letter(
                newsletter,
                ids.of(row.id()),
                address,
                newsletter.language(subscriber.language()),
                new Personal(
                        links.leave(subscriber.id()),
                        links.choices(subscriber.id()),
                        Objects.requireNonNull(subscriber.confirmedAt())));
    }

    /** @return a letter as it would be, to somebody who need not have signed up */
    Letter trial(Newsletter newsletter, String id, String address, String language, Instant now) {
        String nowhere = head.publicUrl() + "/letters/" + newsletter.id();
        return letter(newsletter, id, address, language, new Personal(nowhere, nowhere, now));
    }

    private record Personal(String leave, String choices, Instant agreed) {}

    private Letter letter(Newsletter newsletter, String id, String to, String language, Personal personal) {
        Newsletter.Text text = newsletter.text(language);
        Composed parts = composed(text, language);
        Locale locale = Locale.forLanguageTag(language);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("List-Id", "<newsletter." + newsletter.branch().value() + "." + head.domain() + ">");
        String byMail = head.leave().isEmpty() ? "" : ", <mailto:" + head.leave() + "?subject=unsubscribe>";
        headers.put("List-Unsubscribe", "<" + personal.leave() + ">" + byMail);
        if (personal.leave().startsWith("https:")) {
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return new Letter(
                id,
                to,
                text.subject(),
                parts.text() + "\n\n-- \n" + plainFooter(newsletter, personal, locale) + "\n",
                LetterStyle.page(
                        language,
                        text.subject(),
                        text.preheader(),
                        parts.html().replace(NOWHERE, "cid:"),
                        footer(newsletter, personal, locale)),
                language,
                headers,
                parts.pictures());
    }

    /** @return the words alone, for the page that everybody reads */
    public String page(Newsletter newsletter, String language) {
        Newsletter.Text text = newsletter.text(language);
        return composed(text, language).html().replace(NOWHERE, "/letters/" + newsletter.id() + "/images/");
    }

    /** @return the words alone, without styles, for who is signed in */
    String bare(Newsletter.Text text) {
        return markdown.html(text.body()).body().html().replace(NOWHERE, "/desk/media/");
    }

    /** @return what the bot says; whoever reads it leaves by a word to the bot */
    StyledText telegram(Newsletter newsletter, String wanted) {
        String language = newsletter.language(wanted);
        Locale locale = Locale.forLanguageTag(language);
        String web = webVersion(newsletter);
        String more = web.isEmpty() ? "" : "\n" + say("newsletter.telegram.more", locale) + " " + web;
        String foot = "\n\n" + say("newsletter.telegram.leave", locale) + more;
        StyledText body = composed(newsletter.text(language), language).styled();
        return body.within(TELEGRAM - foot.length(), "…").then(new StyledText(foot, List.of()));
    }

    private Composed composed(Newsletter.Text text, String language) {
        return composed.get(new Key(text, language), key -> {
            StyledText title = new StyledText(
                    text.subject(),
                    List.of(new StyledText.Span(
                            StyledText.Style.BOLD, 0, Math.max(1, text.subject().length()), null)));
            return new Composed(
                    LetterStyle.dressed(markdown.html(text.body())).body().html(),
                    markdown.text(text.body()),
                    title.then(new StyledText("\n\n", List.of())).then(markdown.styled(text.body())),
                    pictures(text.body()));
        });
    }

    private String footer(Newsletter newsletter, Personal personal, Locale locale) {
        Imprint imprint = imprints.apply(newsletter.branch());
        StringBuilder out = new StringBuilder("<p>");
        out.append(LetterStyle.escape(why(personal, locale))).append("</p><p>");
        link(out, personal.leave(), say("newsletter.footer.leave", locale)).append(" · ");
        link(out, personal.choices(), say("newsletter.footer.choices", locale));
        String web = webVersion(newsletter);
        if (!web.isEmpty()) {
            link(out.append(" · "), web, say("newsletter.footer.web", locale));
        }
        return out.append("</p><p>")
                .append(LetterStyle.escape(signed(imprint, " · ")))
                .append("</p>")
                .toString();
    }

    private static StringBuilder link(StringBuilder out, String url, String words) {
        return out.append("<a href=\"")
                .append(LetterStyle.escape(url))
                .append("\" style=\"text-decoration:underline\">")
                .append(LetterStyle.escape(words))
                .append("</a>");
    }

    private String plainFooter(Newsletter newsletter, Personal personal, Locale locale) {
        String web = webVersion(newsletter);
        return why(personal, locale) + "\n" + line("newsletter.footer.leave", personal.leave(), locale)
                + line("newsletter.footer.choices", personal.choices(), locale)
                + (web.isEmpty() ? "" : line("newsletter.footer.web", web, locale))
                + signed(imprints.apply(newsletter.branch()), "\n");
    }

    private String line(String code, String url, Locale locale) {
        return messages.text(Message.of("newsletter.footer.line", "words", say(code, locale), "url", url), locale)
                + "\n";
    }

    private String why(Personal personal, Locale locale) {
        LocalDate day = LocalDate.ofInstant(personal.agreed(), head.zone());
        return messages.text(Message.of("newsletter.footer.why", "day", day), locale);
    }

    private static String signed(Imprint imprint, String between) {
        StringBuilder out = new StringBuilder(imprint.controller());
        for (@Nullable String one : new String[] {imprint.address(), imprint.contact()}) {
            if (one != null && !one.isBlank()) {
                out.append(between).append(one.strip().replaceAll("\\s*\\R\\s*", between));
            }
        }
        return out.toString();
    }

    private String say(String code, Locale locale) {
        return messages.text(Message.of(code), locale);
    }
}
