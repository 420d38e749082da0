package org.tocsin.web.desk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Actor;
import org.tocsin.people.Role;
import org.tocsin.people.Scope;
import org.tocsin.people.SignIn;
import org.tocsin.people.User;
import org.tocsin.web.Request;

/** A visit to a page: who comes, in which language, and what he may do. Templates are given it. */
public final class Visit {
    private static final Pattern LOCAL =
            Pattern.compile("/|https?://(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?(?:/|$)");

    private static final List<String> CHANNELS = List.of("channel", "channels", "other");

    private final Request request;
    private final Place place;
    private final Form form;
    private final SignIn.@Nullable Signed signed;
    private final Messages messages;
    private final Times times;
    private final Locale locale;
    private final int waiting;
    private final Map<String, String> channels;

    /** @param channels what the channels are called, by their ids */
    Visit(
            Request request,
            Place place,
            Form form,
            SignIn.@Nullable Signed signed,
            Messages messages,
            Times times,
            int waiting,
            Map<String, String> channels) {
        this.request = request;
        this.place = place;
        this.form = form;
        this.signed = signed;
        this.messages = messages;
        this.times = times;
        this.locale = signed == null
                ? request.locale()
                : Locale.forLanguageTag(signed.user().language());
        this.waiting = waiting;
        this.channels = channels;
    }

    Request request() {
        return request;
    }

    Place place() {
        return place;
    }

    SignIn.Signed signed() {
        if (signed == null) {
            throw new IllegalStateException("nobody is signed in");
        }
        return signed;
    }

    Actor actor() {
        return signed().user().actor();
    }

    Locale locale() {
        return locale;
    }

    /** @return what was typed */
    public Form form() {
        return form;
    }

    /** @return whether somebody is signed in */
    public boolean known() {
        return signed != null;
    }

    /** @return who is signed in */
    public User user() {
        return signed().user();
    }

    /** @return whether he may do that */
    public boolean may(String scope) {
        return signed != null && user().role().scopes().contains(Scope.valueOf(scope));
    }

    /** @return {@code fr} or {@code en} */
    public String language() {
        return locale.getLanguage().equals("fr") ? "fr" : "en";
    }

    /** @return how much waits for a person */
    public int waiting() {
        return waiting;
    }

    /** @return a text in his language */
    public String t(String code, Object... pairs) {
        return messages.text(Message.of(code, pairs), locale);
    }

    /** @return what the channels are called, by their ids */
    Map<String, String> channels() {
        return channels;
    }

    /** @return what the channels are called, parted by commas */
    public String channelNames() {
        return channels.values().stream().sorted().collect(Collectors.joining(", "));
    }

    /** @return what a message says to him; its remedy is one that can be clicked */
    public String said(Message message) {
        return messages.text(named(message), "desk", locale);
    }

    /** Faults and reasons speak of channels by their ids; the desk by their names. */
    private Message named(Message message) {
        Map<String, String> args = new HashMap<>(message.args());
        CHANNELS.forEach(arg -> args.computeIfPresent(
                arg,
                (key, ids) -> Arrays.stream(ids.split(", ", -1))
                        .map(id -> channels.getOrDefault(id, id))
                        .collect(Collectors.joining(", "))));
        return new Message(message.code(), args);
    }

    /** @return what a role is called */
    public String role(Role role) {
        return said(TeamPage.word(role));
    }

    /** @return what a scope lets do */
    public String scope(Scope scope) {
        return messages.word("people.scope", scope.name(), locale);
    }

    /** @return what a notice is about */
    public String notice(Notices.Kind kind) {
        return messages.word("web.notice", kind.name(), locale);
    }

    /** @return what a network is called */
    public String network(String id) {
        return messages.word("desk.network", id, locale);
    }

    /** @return what a fault says to him, each on its own */
    public List<String> said(FaultException fault) {
        return fault.faults().stream().map(Fault::message).map(this::said).toList();
    }

    /**
     * What a fault says to him, each on its own, with the name of the field at fault.
     *
     * @param fields what the fields are called, by their place, as in {@code /name}
     */
    List<String> named(FaultException fault, Map<String, String> fields) {
        return fault.faults().stream()
                .map(one -> {
                    String field = fields.get(one.pointer());
                    return field == null
                            ? said(one.message())
                            : t("desk.fault.field", "field", field, "fault", said(one.message()));
                })
                .toList();
    }

    /** @return the word for people of a word of the machine */
    String word(String words, String value) {
        return messages.word(words, value, locale);
    }

    /** @return a time as he says it */
    public String at(Instant instant) {
        return times.at(instant, locale);
    }

    /** @return the time of day in the organisation's zone; which of the two where it comes twice */
    public String hour(Instant instant) {
        return times.hour(instant, locale);
    }

    /** @return a day as he says it, with its year */
    public String day(LocalDate day) {
        return new LocalTimes(times.zone()).text(day.toString(), locale);
    }

    /** @return the zone of the times of the page */
    public String zone() {
        return times.zone().getId();
    }

    /** @return whether a link opens on the machine itself alone, or names no machine at all, as where no public address is set */
    public boolean local(String url) {
        return LOCAL.matcher(url).lookingAt();
    }

    /** @return what was done, by a name from a list, for the line at the top; empty for none */
    public String done() {
        return request.query("done").flatMap(Done::of).map(this::said).orElse("");
    }

    /**
     * @return the token of the forms of this session: whoever knows it has read a page of it (OWASP, synchroniser token); empty where
     *     there is no session
     */
    public String csrf() {
        return place.session(request).map(Visit::token).orElse("");
    }

    static String token(String session) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("form " + session).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return a key for a form whose answer is shown once; {@link Repeats} */
    public String once() {
        return Sending.freshKey();
    }

    /** @return what was typed into a field of a delivery's form, where that form was refused; else empty */
    public String typed(String deliveryId, String field) {
        return request.path().startsWith("/desk/deliveries/" + deliveryId + "/") ? form.get(field) : "";
    }

    /** @return whether the public address that was just typed would turn such a visit away, so that he is asked once more */
    public boolean shutOut() {
        return form.on("publicUrl") && HouseForm.shut(this, form.get("publicUrl"));
    }

    /** @return the id of the mention that is being answered; empty for none */
    public String reply() {
        return form().some("reply").or(() -> query("reply")).orElse("");
    }

    Optional<String> query(String name) {
        return request.query(name);
    }
}
