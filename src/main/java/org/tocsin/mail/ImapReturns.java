package org.tocsin.mail;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.letter.ReturnBox;
import org.tocsin.letter.Returned;

/** Reads returned letters from a mailbox by IMAP (RFC 9051). Nothing is deleted: what was read is marked as seen, and stays for people. */
public final class ImapReturns implements ReturnBox {
    private static final Logger log = LoggerFactory.getLogger(ImapReturns.class);
    /** In one turn; the rest in the next. */
    private static final int AT_ONCE = 500;
    /** A report with a whole letter in it; what is longer is read by nobody but people. */
    private static final int LARGEST = 2_000_000;

    private final ImapSettings settings;
    private final SSLSocketFactory sockets;

    /** @param sockets say which certificates are trusted */
    public ImapReturns(ImapSettings settings, SSLSocketFactory sockets) {
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

    private static int read(Folder folder, Consumer<Returned> taker) throws MessagingException {
        Message[] fresh = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        folder.fetch(fresh, profile);
        int count = 0;
        for (Message message : fresh) {
            if (count++ >= AT_ONCE) {
                break;
            }
            take(message, taker);
            message.setFlag(Flags.Flag.SEEN, true);
        }
        return count;
    }

    private static void take(Message message, Consumer<Returned> taker) throws MessagingException {
        if (message.getSize() > LARGEST) {
            return;
        }
        Optional<Returned> returned;
        try {
            returned = ReturnParser.read(message);
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
