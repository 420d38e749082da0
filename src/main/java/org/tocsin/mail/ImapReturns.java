package org.tocsin.mail;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.letter.ReturnBox;
import org.tocsin.letter.Returned;

/**
 * Reads returned letters from a mailbox by IMAP (RFC 9051). Nothing is deleted: what was read is marked as seen, and stays for people. What is
 * new is known by its number (UID), which grows: a message that a person has opened first is acted upon as well. Of a folder that was never read,
 * or that was made anew, what is there and was opened is left alone.
 */
public final class ImapReturns implements ReturnBox {
    private static final Logger log = LoggerFactory.getLogger(ImapReturns.class);
    /** In one turn; the rest in the next. */
    private static final int AT_ONCE = 500;
    /** A report with a whole letter in it; what is longer is read by nobody but people. */
    private static final int LARGEST = 2_000_000;

    private final ImapSettings settings;
    private final SSLSocketFactory sockets;
    private final ReadMark mark;
    private final int atOnce;

    /**
     * @param sockets say which certificates are trusted
     * @param mark    up to where the folder was read
     */
    public ImapReturns(ImapSettings settings, SSLSocketFactory sockets, ReadMark mark) {
        this(settings, sockets, mark, AT_ONCE);
    }

    /** @param atOnce how many messages are read in one turn */
    ImapReturns(ImapSettings settings, SSLSocketFactory sockets, ReadMark mark, int atOnce) {
        this.mark = mark;
        this.atOnce = atOnce;
        this.settings = settings;
        this.sockets = sockets;
    }

    @Override
    public int read(Consumer<Returned> taker) {
        String protocol = settings.tls() ? "imaps" : "imap";
        try (Store store = Session.getInstance(properties(protocol)).getStore(protocol)) {
            store.connect(
                    settings.host(),
                    settings.port(),
                    settings.user(),
                    settings.password().reveal());
            try (Folder folder = store.getFolder(settings.folder())) {
                folder.open(Folder.READ_WRITE);
                return read(folder, taker);
            }
        } catch (MessagingException e) {
            // Without the server's own words, which may quote addresses.
            log.atWarn()
                    .addKeyValue("host", settings.host())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log("the mailbox of returned letters could not be read");
            return 0;
        }
    }

    private int read(Folder folder, Consumer<Returned> taker) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        String made = settings.host() + " " + settings.user() + " " + settings.folder() + " "
                + numbered.getUIDValidity() + " ";
        OptionalLong kept = mark.get().filter(one -> one.startsWith(made)).stream()
                .mapToLong(one -> Long.parseLong(one.substring(made.length())))
                .findFirst();
        Message[] found = kept.isPresent()
                ? numbered.getMessagesByUID(kept.getAsLong() + 1, UIDFolder.LASTUID)
                : folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        // Of a mailbox that nobody has looked at for years no more is asked than is read in a turn.
        Message[] fresh = Arrays.copyOf(found, Math.min(found.length, atOnce));
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.SIZE);
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(fresh, profile);
        long before = kept.orElse(-1);
        long last = fresh.length == 0 && kept.isEmpty() ? newest(folder, numbered) : before;
        int read = 0;
        try {
            for (Message message : fresh) {
                long number = numbered.getUID(message);
                // Where nothing is new a server gives the newest that it has (RFC 9051, 6.4.9).
                if (number <= before) {
                    continue;
                }
                read++;
                try {
                    take(message, taker);
                    // What could not be marked was perhaps not read either: the line was cut.
                    message.setFlag(Flags.Flag.SEEN, true);
                    last = number;
                } catch (MessageRemovedException e) {
                    last = number;
                    log.atInfo().log("a returned letter was moved away while it was being read");
                }
            }
        } finally {
            if (last > before) {
                mark.put(made + last);
            }
        }
        return read;
    }

    private static long newest(Folder folder, UIDFolder numbered) throws MessagingException {
        int count = folder.getMessageCount();
        return count == 0 ? 0 : numbered.getUID(folder.getMessage(count));
    }

    private static void take(Message message, Consumer<Returned> taker) throws MessagingException {
        if (message.getSize() > LARGEST) {
            return;
        }
        Optional<Returned> returned;
        try {
            // Fetched whole and read here: servers differ in how they cut a report into parts.
            returned = ReturnParser.read(new MimeMessage((MimeMessage) message));
        } catch (MessageRemovedException | FolderClosedException e) {
            // Nothing was read: it comes again, where it is still there.
            throw e;
        } catch (IOException | MessagingException e) {
            // One that cannot be read is left to people: it holds up no other.
            log.atInfo()
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log("a returned letter could not be read");
            return;
        }
        returned.ifPresent(taker);
    }

    private Properties properties(String protocol) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "connectiontimeout", "10000");
        properties.put(prefix + "timeout", "30000");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        // What is only looked at is not marked by the server itself.
        properties.put(prefix + "peek", "true");
        if (settings.tls()) {
            properties.put(prefix + "ssl.socketFactory", sockets);
        }
        return properties;
    }
}
