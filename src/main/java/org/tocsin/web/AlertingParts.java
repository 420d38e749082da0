package org.tocsin.web;

import org.tocsin.alert.AcknowledgeNotice;
import org.tocsin.alert.Acknowledging;
import org.tocsin.alert.NoticeRepository;
import org.tocsin.alert.Sender;
import org.tocsin.people.UserRepository;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.TelegramLink;
import org.tocsin.watch.keeping.Ringings;

/**
 * By what alerts reach people.
 *
 * @param ringings   for whom and how watches ring
 * @param recipients who is told, and by which ways
 * @param sender     tries a way
 * @param links      links chats of Telegram
 * @param people     to whom an alert can be given
 * @param heard      what is shown of what was heard
 * @param acknowledging what links in mails do
 * @param notices    what else needs a person
 * @param seen       puts a notice away
 */
public record AlertingParts(
        Ringings ringings,
        Recipients recipients,
        Sender sender,
        TelegramLink links,
        UserRepository people,
        HeardParts heard,
        Acknowledging acknowledging,
        NoticeRepository notices,
        AcknowledgeNotice seen) {}
