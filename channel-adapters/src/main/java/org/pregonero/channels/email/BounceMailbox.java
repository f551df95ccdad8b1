package org.pregonero.channels.email;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
 * What people wrote stays unread for people; this process looks at it once.
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
    private final Set<Long> leftForPeople = new HashSet<>();
    private long numbering;

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
     * Reads what is new. Not to be called by two threads at once.
     *
     * @param keep stores events durably; called for each mail that tells something. Where it fails, the mail stays new and
     *     the others have their turn; only if it fails for all of them is its exception passed on
     * @throws UncheckedIOException when the mailbox cannot be reached, with words that are fit for a log
     */
    public Look look(Consumer<List<ProviderEvent>> keep) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw unreachable(String.join(" · ", problems));
        }
        try (Store store = session.getStore(settings.security() == Security.TLS ? "imaps" : "imap")) {
            store.connect(settings.host(), settings.port(), settings.user(), settings.password());
            Folder folder = store.getFolder(settings.folder());
            folder.open(Folder.READ_WRITE);
            try {
                return look(folder, keep);
            } finally {
                if (folder.isOpen()) {
                    // Closed as a resource it would expunge what people have marked as deleted.
                    folder.close(false);
                }
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
        List<Message> fresh = fresh(folder);
        boolean keywords = folder.getPermanentFlags().contains(Flags.Flag.USER);
        Map<BounceReader.Kind, Integer> found = new EnumMap<>(BounceReader.Kind.class);
        RuntimeException failure = null;
        boolean kept = false;
        for (Message mail : fresh.subList(0, Math.min(fresh.size(), AT_ONCE))) {
            Reading reading = read((MimeMessage) mail);
            if (reading.event() != null) {
                try {
                    keep.accept(List.of(reading.event()));
                    kept = true;
                } catch (RuntimeException e) {
                    LOG.warn(
                            "What a mail in the bounce mailbox tells could not be kept: {}",
                            e.getClass().getName());
                    failure = e;
                    continue;
                }
                if (keywords) {
                    mail.setFlags(new Flags(KEYWORD), true);
                }
            }
            if (reading.kind() == BounceReader.Kind.OTHER) {
                leftForPeople.add(((UIDFolder) folder).getUID(mail));
            } else {
                mail.setFlag(Flags.Flag.SEEN, true);
            }
            found.merge(reading.kind(), 1, Integer::sum);
        }
        if (failure != null && !kept) {
            throw failure;
        }
        return new Look(
                found.getOrDefault(BounceReader.Kind.REPORT, 0),
                found.getOrDefault(BounceReader.Kind.AUTOMATIC, 0),
                found.getOrDefault(BounceReader.Kind.OTHER, 0));
    }

    /** The unread ones, without those that were looked at and left to people. */
    private List<Message> fresh(Folder folder) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        if (numbered.getUIDValidity() != numbering) {
            numbering = numbered.getUIDValidity();
            leftForPeople.clear();
        }
        Message[] unread = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        FetchProfile numbers = new FetchProfile();
        numbers.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(unread, numbers);
        Map<Long, Message> byNumber = new LinkedHashMap<>();
        for (Message mail : unread) {
            byNumber.put(numbered.getUID(mail), mail);
        }
        leftForPeople.retainAll(byNumber.keySet());
        byNumber.keySet().removeAll(leftForPeople);
        return List.copyOf(byNumber.values());
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
