package org.pregonero.dispatcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pregonero.dispatcher.runtime.StartLine;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** When there is a sandbox, and what the adapters find then. */
class SandboxInitializerTest {

    private static final String CHANNELS = "pregonero.channels.";

    @TempDir
    Path data;

    private final MockEnvironment environment = new MockEnvironment();
    private final GenericApplicationContext context = new GenericApplicationContext();

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void simulatesEverythingWhileNothingIsConfigured() {
        initialize();

        assertThat(context.getBeansOfType(Sandbox.class)).hasSize(1);
        assertThat(List.of("twilio.base-url", "x.base-url", "facebook.base-url"))
                .allSatisfy(name ->
                        assertThat(environment.getProperty(CHANNELS + name)).startsWith("http://127.0.0.1:"));
        assertThat(environment.getProperty(CHANNELS + "email.host")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty(CHANNELS + "twilio.auth-token")).hasSizeGreaterThan(30);
        assertThat(startLine()).contains("nada sale de esta máquina", "/sandbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email.host",
                "email.username",
                "email.password",
                "email.bounces.host",
                "twilio.account-sid",
                "twilio.auth-token",
                "whatsapp.sender",
                "sms.sender",
                "x.consumer-key",
                "x.consumer-secret",
                "x.access-token",
                "x.access-token-secret",
                "x.user-id",
                "facebook.page-id",
                "facebook.access-token"
            })
    void simulatesNothingOnceOneProviderIsConfigured(String setting) {
        environment.setProperty(CHANNELS + setting, "real");

        initialize("https://avisos.entidad.example");

        assertThat(context.getBeansOfType(Sandbox.class)).isEmpty();
        assertThat(environment.getProperty(CHANNELS + "x.base-url")).isNull();
        assertThat(context.getBeansOfType(StartLine.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "email.host, http://127.0.0.1:8080, 1",
        "sms.sender, http://localhost/pregonero, 1",
        "whatsapp.sender, '', 1",
        "whatsapp.sender, https://localhost.entidad.example, 0",
        "x.user-id, http://127.0.0.1:8080, 0"
    })
    void saysThatNobodyElseCanOpenTheLinksOfARealMessage(String setting, String publicUrl, int lines) {
        environment.setProperty(CHANNELS + setting, "real");

        initialize(publicUrl);

        assertThat(context.getBeansOfType(StartLine.class).values())
                .hasSize(lines)
                .allSatisfy(line -> assertThat(line.text().get()).contains("PREGONERO_PUBLIC_URL", publicUrl));
    }

    @Test
    void saysWhatToConfigureWhenTheSandboxIsNotWanted() {
        environment.setProperty("pregonero.sandbox", "false");

        initialize();

        assertThat(context.getBeansOfType(Sandbox.class)).isEmpty();
        assertThat(startLine()).contains("PREGONERO_CHANNELS_EMAIL_HOST");
    }

    @Test
    void keepsASenderThatIsGivenWhileTryingOut() {
        environment.setProperty(CHANNELS + "email.from", "Alcaldía <a@alcaldia.example>");
        environment.setProperty(CHANNELS + "email.message-id-domain", "alcaldia.example");

        initialize();

        assertThat(environment.getProperty(CHANNELS + "email.from")).isEqualTo("Alcaldía <a@alcaldia.example>");
        assertThat(environment.getProperty(CHANNELS + "email.bounces.address")).isEqualTo("rebotes@alcaldia.example");
    }

    @Test
    void takesAnEmptySettingForNone() {
        environment.setProperty(CHANNELS + "email.host", "");
        environment.setProperty(CHANNELS + "email.from", "");

        initialize();

        assertThat(environment.getProperty(CHANNELS + "email.from")).contains("@entidad.example");
    }

    @Test
    void refusesAndReturnsMailsByScript() throws Exception {
        initialize();
        FailureScripts scripts = context.getBean(Sandbox.class).scripts();
        scripts.play("EMAIL", new FailureScript(100, 0, Trouble.NONE, 0, 30, false, false, false));
        assertThat(send("ana@example.org")).contains("550 5.1.1 No such user here");
        scripts.play("EMAIL", new FailureScript(0, 0, Trouble.RATE_LIMIT, 1, 30, false, false, false));
        assertThat(send("ana@example.org")).contains("451 4.7.1 Too many messages, try again later");
        scripts.play("EMAIL", new FailureScript(0, 100, Trouble.NONE, 0, 30, false, false, false));
        assertThat(send("ana@example.org")).anyMatch(line -> line.startsWith("250 OK queued"));

        Message bounce = await().atMost(Duration.ofSeconds(20)).until(this::newestBounce, java.util.Objects::nonNull);

        assertThat(bounce.getAllRecipients()[0]).hasToString("rebotes+5c1f@entidad.example");
        assertThat(bounce.getContentType()).contains("multipart/report").contains("delivery-status");
        assertThat(new String(bounce.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .contains("Final-Recipient: rfc822; ana@example.org\r\n", "Action: failed\r\n")
                .containsPattern("Status: 5\\.[12]\\.[12]\r\n");
    }

    private void initialize() {
        initialize("http://127.0.0.1:8080");
    }

    private void initialize(String publicUrl) {
        environment.setProperty("pregonero.data", data.toString());
        environment.setProperty("pregonero.public-url", publicUrl);
        context.setEnvironment(environment);
        new SandboxInitializer().initialize(context);
        context.refresh();
    }

    private String startLine() {
        return context.getBean(StartLine.class).text().get();
    }

    private @org.jspecify.annotations.Nullable Message newestBounce() throws Exception {
        Properties properties = new Properties();
        properties.put("mail.store.protocol", "imap");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect(
                "127.0.0.1",
                environment.getRequiredProperty(CHANNELS + "email.bounces.port", Integer.class),
                environment.getRequiredProperty(CHANNELS + "email.bounces.user"),
                environment.getRequiredProperty(CHANNELS + "email.bounces.password"));
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        return inbox.getMessageCount() == 0 ? null : inbox.getMessage(1);
    }

    private List<String> send(String recipient) throws IOException {
        int port = environment.getRequiredProperty(CHANNELS + "email.port", Integer.class);
        var answers = new ArrayList<String>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            answers.add(reader.readLine());
            for (String line : List.of(
                    "HELO test",
                    "MAIL FROM:<rebotes+5c1f@entidad.example>",
                    "RCPT TO:<" + recipient + ">",
                    "DATA",
                    "Subject: Hola\r\n\r\nHola\r\n.")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                answers.add(reader.readLine());
                if (answers.get(answers.size() - 1).matches("[45].*")) {
                    break;
                }
            }
        }
        return answers;
    }
}
