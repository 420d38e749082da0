package org.tocsin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.subscriber.SignUpSettings;

/** The register of processing (GDPR, article 30), made from what is really set: it cannot say what is not so. */
public final class ProcessingRegister {
    private final Supplier<ProcessingFacts> facts;
    private final Messages messages;

    public ProcessingRegister(Supplier<ProcessingFacts> facts, Messages messages) {
        this.facts = facts;
        this.messages = messages;
    }

    /** One activity, or who answers for all of them. */
    public record Section(String title, List<Entry> entries) {
        public Section {
            entries = List.copyOf(entries);
        }
    }

    /** @param label what is said, in the order of article 30 */
    public record Entry(String label, String text) {}

    /** @return as it stands now */
    public List<Section> sections(Locale locale) {
        ProcessingFacts now = facts.get();
        List<Section> sections = new ArrayList<>();
        sections.add(controller(now, locale));
        if (now.newsletter().ready()) {
            sections.add(newsletter(now, locale));
        }
        if (!now.heard().isEmpty()) {
            sections.add(listening(now, locale));
        }
        if (!now.channels().isEmpty()) {
            sections.add(publishing(now, locale));
        }
        sections.add(team(now, locale));
        return sections;
    }

    /** @return the same as a text, in Markdown */
    public String text(Locale locale) {
        StringBuilder text = new StringBuilder("# " + t(locale, Message.of("processing.title")) + "\n\n"
                + t(locale, Message.of("processing.what")) + "\n");
        for (Section section : sections(locale)) {
            text.append("\n## ").append(plain(section.title())).append('\n');
            section.entries()
                    .forEach(entry -> text.append("\n**")
                            .append(entry.label())
                            .append("** ")
                            .append(plain(entry.text()))
                            .append('\n'));
        }
        return text.toString();
    }

    /** Names come from people: in Markdown they mean nothing. */
    private static String plain(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#])", "\\\\$1");
    }

    /** @return what it is called */
    public String title(Locale locale) {
        return t(locale, Message.of("processing.title"));
    }

    private String t(Locale locale, Message message) {
        return messages.text(message, locale);
    }

    /** Puts a section together. */
    private final class Writing {
        private final Locale locale;
        private final List<Entry> entries = new ArrayList<>();

        private Writing(Locale locale) {
            this.locale = locale;
        }

        private Writing say(Message label, Message... texts) {
            return say(
                    label, List.of(texts).stream().map(text -> t(locale, text)).collect(Collectors.joining(" ")));
        }

        private Writing say(Message label, String text) {
            entries.add(new Entry(t(locale, label), text));
            return this;
        }

        private Section under(Message title) {
            return new Section(t(locale, title), entries);
        }
    }

    private Section controller(ProcessingFacts now, Locale locale) {
        SignUpSettings said = now.newsletter();
        String name = said.controller().isBlank() ? now.organisation() : said.controller();
        String contact =
                Optional.of(said.contact()).filter(one -> !one.isBlank()).orElse(now.privacyContact());
        Writing writing = new Writing(locale)
                .say(
                        Message.of("processing.controller.name"),
                        said.postal().isBlank() ? name : name + ", " + said.postal());
        return (contact.isBlank()
                        ? writing.say(
                                Message.of("processing.controller.contact"),
                                Message.of("processing.controller.contact.none"))
                        : writing.say(Message.of("processing.controller.contact"), contact))
                .under(Message.of("processing.controller"));
    }

    private Section newsletter(ProcessingFacts now, Locale locale) {
        boolean bot = !now.newsletter().botName().isEmpty();
        ProcessingFacts.Follower follower = now.follower();
        ProcessingFacts.Mail mail = now.mail();
        List<Message> recipients = new ArrayList<>();
        if (mail != null) {
            recipients.add(Message.of("processing.newsletter.mail", "host", mail.host()));
        }
        if (!now.returnsHost().isEmpty()) {
            recipients.add(Message.of("processing.newsletter.returns", "host", now.returnsHost()));
        }
        if (bot) {
            recipients.add(Message.of(
                    "processing.newsletter.bot", "name", now.newsletter().botName()));
        }
        if (follower != null) {
            recipients.add(
                    follower.withAddress()
                            ? Message.of("processing.newsletter.follower.address", "host", follower.host())
                            : Message.of("processing.newsletter.follower", "host", follower.host()));
        }
        if (recipients.isEmpty()) {
            recipients.add(Message.of("processing.nobody"));
        }
        List<Message> security = new ArrayList<>(List.of(Message.of("processing.newsletter.security")));
        if (mail != null) {
            security.add(
                    mail.encryption().equals("NONE")
                            ? Message.of("processing.newsletter.plain")
                            : Message.of("processing.newsletter.tls", "how", mail.encryption()));
        }
        String topics = now.topics().stream()
                .map(topic -> topic.name(locale.getLanguage()))
                .collect(Collectors.joining(", "));
        return new Writing(locale)
                .say(
                        Message.of("processing.field.purpose"),
                        Message.of(
                                "processing.newsletter.purpose",
                                "purpose",
                                now.newsletter().purpose(locale.getLanguage())))
                .say(Message.of("processing.field.basis"), Message.of("processing.newsletter.basis"))
                .say(Message.of("processing.field.people"), Message.of("processing.newsletter.people"))
                .say(
                        Message.of("processing.field.data"),
                        Message.of(bot ? "processing.newsletter.data.telegram" : "processing.newsletter.data"),
                        topics.isEmpty()
                                ? Message.of("processing.newsletter.topics.none")
                                : Message.of("processing.newsletter.topics", "topics", topics))
                .say(Message.of("processing.field.recipients"), recipients.toArray(Message[]::new))
                .say(
                        Message.of("processing.field.transfers"),
                        Message.of(bot ? "processing.newsletter.transfers.telegram" : "processing.transfers.none"))
                .say(Message.of("processing.field.kept"), Message.of("processing.newsletter.kept"))
                .say(Message.of("processing.field.security"), security.toArray(Message[]::new))
                .under(Message.of("processing.newsletter"));
    }

    private Section listening(ProcessingFacts now, Locale locale) {
        return new Writing(locale)
                .say(Message.of("processing.field.purpose"), Message.of("processing.listening.purpose"))
                .say(Message.of("processing.field.basis"), Message.of("processing.listening.basis"))
                .say(Message.of("processing.field.people"), Message.of("processing.listening.people"))
                .say(
                        Message.of("processing.field.data"),
                        Message.of("processing.listening.data", "networks", networks(now.heard(), locale)))
                .say(Message.of("processing.field.recipients"), told(now, locale))
                .say(Message.of("processing.field.transfers"), Message.of("processing.transfers.none"))
                .say(
                        Message.of("processing.field.kept"),
                        Message.of(
                                "processing.listening.kept", "days", now.kept().toDays()))
                .say(Message.of("processing.field.security"), Message.of("processing.listening.security"))
                .under(Message.of("processing.listening"));
    }

    private String told(ProcessingFacts now, Locale locale) {
        if (now.ways().isEmpty()) {
            return t(locale, Message.of("processing.listening.team"));
        }
        String ways = now.ways().stream()
                .map(way -> messages.word("alerting.kind", way, locale))
                .collect(Collectors.joining(", "));
        return t(locale, Message.of("processing.listening.told", "ways", ways));
    }

    /** By the names by which the notice for people knows them. */
    private String networks(List<String> ids, Locale locale) {
        return ids.stream()
                .map(id -> NetworkNames.of(id, message -> t(locale, message)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Section publishing(ProcessingFacts now, Locale locale) {
        String networks = networks(now.channels(), locale);
        return new Writing(locale)
                .say(Message.of("processing.field.purpose"), Message.of("processing.publishing.purpose"))
                .say(Message.of("processing.field.basis"), Message.of("processing.publishing.basis"))
                .say(Message.of("processing.field.people"), Message.of("processing.publishing.people"))
                .say(Message.of("processing.field.data"), Message.of("processing.publishing.data"))
                .say(
                        Message.of("processing.field.recipients"),
                        Message.of("processing.publishing.recipients", "networks", networks))
                .say(
                        Message.of("processing.field.transfers"),
                        Message.of("processing.publishing.transfers", "networks", networks))
                .say(Message.of("processing.field.kept"), Message.of("processing.publishing.kept"))
                .say(Message.of("processing.field.security"), Message.of("processing.publishing.security"))
                .under(Message.of("processing.publishing"));
    }

    private Section team(ProcessingFacts now, Locale locale) {
        return new Writing(locale)
                .say(Message.of("processing.field.purpose"), Message.of("processing.team.purpose"))
                .say(Message.of("processing.field.basis"), Message.of("processing.team.basis"))
                .say(Message.of("processing.field.people"), Message.of("processing.team.people", "count", now.users()))
                .say(Message.of("processing.field.data"), Message.of("processing.team.data"))
                .say(Message.of("processing.field.recipients"), Message.of("processing.nobody"))
                .say(Message.of("processing.field.transfers"), Message.of("processing.transfers.none"))
                .say(Message.of("processing.field.kept"), Message.of("processing.team.kept"))
                .say(Message.of("processing.field.security"), Message.of("processing.team.security"))
                .under(Message.of("processing.team"));
    }
}
