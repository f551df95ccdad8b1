package org.pregonero.channels.email;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.email.BounceReader.Reading;
import org.pregonero.channels.email.EmailProperties.Bounces;
import org.pregonero.channels.email.EmailProperties.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailbox to which bounces and complaints come. Unread is what is new; a mail is marked as read once what it tells is
 * kept, so that a crash between the two reads it again, with the same key. Reports also get the keyword {@value #KEYWORD}.
 */
public final class BounceMailbox {

    /** The provider's name, as of callbacks. */
    public static final String PROVIDER = "email";

    private static final Logger LOG = LoggerFactory.getLogger(BounceMailbox.class);
    private static final String KEYWORD = "Pregonero";
    private static final int LARGEST = 20 * 1024 * 1024;
    private static final int AT_ONCE = 500;

    private final Bounces settings;
    private final BounceReader reader;
    private final Session session;

    BounceMailbox(Bounces settings, Clock clock) {
        this.settings = settings;
        this.reader = new BounceReader(clock);
        this.session = session(settings);
    }

    /** What a look into the mailbox found. */
    public record Look(int reports, int automatic, int others) {}

    public Duration pause() {
        return settings.pause();
    }

    /**
     * Reads what is new.
     *
     * @param keep stores events durably; called for each mail that tells something, and the mail stays new if it fails
     * @throws UncheckedIOException when the mailbox cannot be reached, with words that are fit for a log
     */
    public Look look(Consumer<List<ProviderEvent>> keep) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw unreachable(String.join(" · ", problems));
        }
        try (Store store = session.getStore(settings.security() == Security.TLS ? "imaps" : "imap")) {
            store.connect(settings.host(), settings.port(), settings.user(), settings.password());
            try (Folder folder = store.getFolder(settings.folder())) {
                folder.open(Folder.READ_WRITE);
                return look(folder, keep);
            }
        } catch (MessagingException e) {
            throw unreachable(e.getClass().getSimpleName());
        }
    }

    /** Without the cause, whose words may hold addresses. */
    private UncheckedIOException unreachable(String why) {
        return new UncheckedIOException(
                new IOException("bounce mailbox at " + settings.host() + ":" + settings.port() + ": " + why));
    }

    private Look look(Folder folder, Consumer<List<ProviderEvent>> keep) throws MessagingException {
        Message[] fresh = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        boolean keywords = folder.getPermanentFlags().contains(Flags.Flag.USER);
        Map<BounceReader.Kind, Integer> found = new EnumMap<>(BounceReader.Kind.class);
        for (int i = 0; i < Math.min(fresh.length, AT_ONCE); i++) {
            Reading reading = read((MimeMessage) fresh[i]);
            if (reading.event() != null) {
                keep.accept(List.of(reading.event()));
                if (keywords) {
                    fresh[i].setFlags(new Flags(KEYWORD), true);
                }
            }
            fresh[i].setFlag(Flags.Flag.SEEN, true);
            found.merge(reading.kind(), 1, Integer::sum);
        }
        return new Look(
                found.getOrDefault(BounceReader.Kind.REPORT, 0),
                found.getOrDefault(BounceReader.Kind.AUTOMATIC, 0),
                found.getOrDefault(BounceReader.Kind.OTHER, 0));
    }

    /** A mail that nobody can read is left to people; it must not keep us from the next one. */
    private Reading read(MimeMessage mail) throws MessagingException {
        try {
            return mail.getSize() > LARGEST
                    ? new Reading(BounceReader.Kind.OTHER, null)
                    // A copy, taken apart here: servers differ in how they take apart a mail within a mail.
                    : reader.read(new MimeMessage(mail));
        } catch (MessagingException | IOException | RuntimeException e) {
            if (!mail.getFolder().isOpen()) {
                throw new MessagingException("closed");
            }
            LOG.warn(
                    "A mail in the bounce mailbox cannot be read and is left there: {}",
                    e.getClass().getName());
            return new Reading(BounceReader.Kind.OTHER, null);
        }
    }

    private static Session session(Bounces settings) {
        Properties properties = new Properties();
        for (String protocol : List.of("imap", "imaps")) {
            String prefix = "mail." + protocol + ".";
            properties.setProperty(prefix + "connectiontimeout", "10000");
            properties.setProperty(prefix + "timeout", "60000");
            properties.setProperty(prefix + "writetimeout", "60000");
            properties.setProperty(prefix + "ssl.checkserveridentity", "true");
            // Reading must not mark; only what is kept is marked.
            properties.setProperty(prefix + "peek", "true");
        }
        properties.setProperty("mail.imap.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
        properties.setProperty(
                "mail.imap.starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
        return Session.getInstance(properties);
    }

    @Override
    public String toString() {
        return "BounceMailbox[" + settings + "]";
    }
}
