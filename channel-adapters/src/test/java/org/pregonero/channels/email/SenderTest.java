package org.pregonero.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pregonero.channels.email.Samples.CLOCK;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.templates.RenderedEmail;
import org.pregonero.templates.Sender;

/** As whom a mail presents itself: as the settings say, or as the institution does. */
class SenderTest {

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final EmailAdapter adapter =
            new EmailAdapter(Samples.settings(server.port(), "reply-to", "buzon@ejemplo.gov.co"), CLOCK);

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    @Test
    void saysTheNameAndTheReplyAddressOfTheInstitution() {
        assertThat(sent(new Sender("Prensa", "respuestas@ejemplo.gov.co")))
                .contains("From: \"Prensa\" <comunicaciones@ejemplo.gov.co>", "Reply-To: respuestas@ejemplo.gov.co");
        assertThat(server.commands)
                .anyMatch(command -> command.startsWith("MAIL FROM:<comunicaciones@ejemplo.gov.co>"));
    }

    @Test
    void saysWhatTheSettingsSayWhereTheInstitutionSaysNothing() {
        assertThat(sent(Sender.BY_SETTINGS))
                .contains("From: =?UTF-8?B?QWxjYWxkw61hIGRlIEVqZW1wbG8=?=", "Reply-To: buzon@ejemplo.gov.co");
    }

    @Test
    void letsNoNameAddAHeader() {
        assertThat(sent(new Sender("Prensa\r\nBcc: otro@example.org", "a@example.org\r\nBcc: otro@example.org")))
                .noneMatch(line -> line.startsWith("Bcc"))
                .contains("Reply-To: buzon@ejemplo.gov.co");
    }

    private List<String> sent(Sender sender) {
        var plain = Samples.plainEmail();
        var mail = new RenderedEmail(
                plain.subject(), plain.html(), plain.text(), plain.images(), plain.attachments(), null, sender);
        assertThat(adapter.send(Samples.message(mail))).isInstanceOf(Accepted.class);
        return server.messages.get(0).lines().toList();
    }
}
