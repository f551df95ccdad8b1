package org.pregonero.dispatcher.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.pregonero.dispatcher.sandbox.SandboxMailbox;

/** What the sandbox's mail server took since a test began. */
public final class SandboxMail {

    private static final Pattern RECIPIENT = Pattern.compile("^Delivered-To: <(.+)>", Pattern.MULTILINE);

    private final SandboxMailbox mailbox;
    private final Set<String> before;

    public SandboxMail(Sandbox sandbox) {
        mailbox = sandbox.mailbox();
        before = new HashSet<>(mailbox.names());
    }

    /** In the order in which they came. */
    public List<MailServer.Mail> received() {
        return mailbox.names().stream()
                .filter(name -> !before.contains(name))
                .sorted()
                .map(this::read)
                .toList();
    }

    private MailServer.Mail read(String name) {
        try {
            var source = Files.readString(mailbox.directory().resolve(name + ".eml"), UTF_8);
            var recipient = RECIPIENT.matcher(source);
            if (!recipient.find()) {
                throw new IllegalStateException("A mail to nobody");
            }
            return new MailServer.Mail(recipient.group(1), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
