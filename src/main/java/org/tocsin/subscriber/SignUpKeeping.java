package org.tocsin.subscriber;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** What the team says about signing up: who answers for it, topics, texts. */
public final class SignUpKeeping {
    private static final List<String> LANGUAGES = List.of("fr", "en");
    /** People write there what is their right: an address of mail, a page, or a number of at least six digits. */
    private static final Pattern REACHED =
            Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+|https?://[^\\s/]+|(?:\\d[ .\\-()]*){6,}");

    private static final int MOST_TOPICS = 20;
    private static final int LONGEST = 200;
    private static final int LONGEST_TEXT = 3_000;

    private final PeopleStores stores;
    private final Messages messages;

    /** @param messages hold the usual text of consent */
    public SignUpKeeping(PeopleStores stores, Messages messages) {
        this.stores = stores;
        this.messages = messages;
    }

    /** Everybody who may look sees it, save the bot's token. */
    public SignUpSettings settings(Actor actor) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> stores.house().settings(tx, actor.branch()));
    }

    /**
     * Says who answers for the newsletter and what it is for; where a language has no text of consent yet, the usual one is made for it.
     *
     * @param wanted its version is the one that was seen
     * @throws FaultException INVALID; CONFLICT
     */
    public SignUpSettings save(Actor actor, SignUpSettings wanted) {
        actor.require(Scope.ADMIN);
        line("/controller", wanted.controller(), true);
        line("/contact", wanted.contact(), true);
        if (!REACHED.matcher(wanted.contact()).find()) {
            throw FaultException.invalid("/contact", Message.of("signup.contact.invalid", "value", wanted.contact()));
        }
        line("/postal", wanted.postal(), false);
        line("/purposeFr", wanted.purposeFr(), wanted.purposeEn().isBlank());
        line("/purposeEn", wanted.purposeEn(), wanted.purposeFr().isBlank());
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            remember(tx, actor.branch());
            if (!stores.house().save(tx, actor.branch(), wanted)) {
                throw FaultException.conflict(Message.of("signup.changed"));
            }
            for (String language : LANGUAGES) {
                if (stores.house().text(tx, actor.branch(), language).isEmpty()) {
                    insert(tx, actor.branch(), language, usual(wanted, language), 1);
                }
            }
            stores.audit().add(tx, actor, "signup.settings", actor.branch().value(), "");
            return stores.house().settings(tx, actor.branch());
        });
    }

    /** Of a text that was written before that was kept, what holds now is what held then. */
    private void remember(Tx tx, BranchId branch) {
        SignUpSettings before = stores.house().settings(tx, branch);
        for (String language : LANGUAGES) {
            stores.house()
                    .text(tx, branch, language)
                    .filter(text ->
                            before.ready() && stores.house().told(tx, text.id()).isEmpty())
                    .ifPresent(text -> stores.house().tell(tx, text.id(), ConsentTold.of(before, language)));
        }
    }

    /** @return the newest texts of which something is not so any more: another answers for the newsletter, it is for something else */
    public List<ConsentText> outdated(Actor actor) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> {
            SignUpSettings now = stores.house().settings(tx, actor.branch());
            return LANGUAGES.stream()
                    .flatMap(language -> stores.house().text(tx, actor.branch(), language).stream())
                    .filter(text -> stores.house()
                            .told(tx, text.id())
                            .filter(told -> !told.equals(ConsentTold.of(now, text.language())))
                            .isPresent())
                    .toList();
        });
    }

    /** @return the text that is offered where the team has not written its own */
    public String usual(SignUpSettings settings, String language) {
        return messages.text(
                Message.of(
                        "signup.consent.usual",
                        "controller",
                        settings.controller(),
                        "purpose",
                        settings.purpose(language),
                        "contact",
                        settings.contact()),
                Locale.forLanguageTag(language));
    }

    static void line(String pointer, String value, boolean required) {
        if (required && value.isBlank()) {
            throw FaultException.invalid(pointer, Message.of("signup.field.missing"));
        }
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw FaultException.invalid(pointer, Message.of("signup.field.invalid", "limit", LONGEST));
        }
    }

    /** @return the newest first */
    public List<ConsentText> texts(Actor actor) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> stores.house().texts(tx, actor.branch()));
    }

    /** Writes another text of consent; those who agreed to an older one have agreed to that. */
    public ConsentText write(Actor actor, String language, String text) {
        actor.require(Scope.ADMIN);
        if (!language.equals("fr") && !language.equals("en")) {
            throw FaultException.invalid("/language", Message.of("signup.language.unknown"));
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw FaultException.invalid("/text", Message.of("signup.text.length", "limit", LONGEST_TEXT));
        }
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            long number = stores.house()
                            .text(tx, actor.branch(), language)
                            .map(ConsentText::number)
                            .orElse(0L)
                    + 1;
            ConsentText fresh = insert(tx, actor.branch(), language, text.strip(), number);
            stores.audit().add(tx, actor, "signup.text", fresh.id(), language + " " + number);
            return fresh;
        });
    }

    private ConsentText insert(Tx tx, BranchId branch, String language, String text, long number) {
        ConsentText fresh = new ConsentText(
                stores.ids().next(),
                branch,
                language,
                number,
                text,
                stores.clock().instant());
        stores.house().insert(tx, fresh);
        stores.house().tell(tx, fresh.id(), ConsentTold.of(stores.house().settings(tx, branch), language));
        return fresh;
    }

    /** @return in order, retired ones as well */
    public List<Topic> topics(Actor actor) {
        actor.require(Scope.READ);
        return stores.unitOfWork().read(tx -> stores.house().topics(tx, actor.branch()));
    }

    /**
     * Adds a topic.
     *
     * @throws FaultException INVALID; CONFLICT where there are too many
     */
    public Topic addTopic(Actor actor, String nameFr, String nameEn) {
        return put(actor, null, nameFr, nameEn, false);
    }

    /**
     * Renames a topic, retires it or takes it up again; who chose it keeps it.
     *
     * @param nameFr  null to leave it, as the next ones
     * @throws FaultException NOT_FOUND; INVALID
     */
    public Topic changeTopic(
            Actor actor, String id, @Nullable String nameFr, @Nullable String nameEn, @Nullable Boolean retired) {
        return put(actor, id, nameFr, nameEn, retired);
    }

    private Topic put(
            Actor actor,
            @Nullable String id,
            @Nullable String givenFr,
            @Nullable String givenEn,
            @Nullable Boolean retired) {
        actor.require(Scope.MANAGE);
        return stores.unitOfWork().write(Urgency.REQUEST, tx -> {
            List<Topic> all = stores.house().topics(tx, actor.branch());
            Topic before = id == null
                    ? null
                    : all.stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst()
                            .orElseThrow(() -> FaultException.notFound("topic", id));
            String nameFr = givenFr != null ? givenFr.strip() : before == null ? "" : before.nameFr();
            String nameEn = givenEn != null ? givenEn.strip() : before == null ? "" : before.nameEn();
            line("/nameFr", nameFr, nameEn.isBlank());
            line("/nameEn", nameEn, nameFr.isBlank());
            if (before == null
                    && all.stream().filter(one -> one.retiredAt() == null).count() >= MOST_TOPICS) {
                throw FaultException.conflict(Message.of("signup.topic.many", "limit", MOST_TOPICS));
            }
            Instant now = stores.clock().instant();
            Instant since = before == null ? null : before.retiredAt();
            boolean out = retired != null ? retired : since != null;
            Topic after = new Topic(
                    before == null ? stores.ids().next() : before.id(),
                    actor.branch(),
                    nameEn,
                    nameFr,
                    before == null ? now : before.createdAt(),
                    out ? (since == null ? now : since) : null);
            stores.house().put(tx, after);
            stores.audit().add(tx, actor, before == null ? "signup.topic.add" : "signup.topic.change", after.id(), "");
            return after;
        });
    }
}
