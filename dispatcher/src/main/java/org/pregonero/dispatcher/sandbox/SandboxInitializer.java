package org.pregonero.dispatcher.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.StartLine;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Opens the sandbox mailbox when no mail server is configured, and makes it the configured one. This happens before
 * any bean is made, so that the e-mail adapter finds its settings where it would find those of a real server.
 */
class SandboxInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final String EMAIL = "pregonero.channels.email.";

    @Override
    public void initialize(GenericApplicationContext context) {
        var environment = context.getEnvironment();
        if (StringUtils.hasText(environment.getProperty(EMAIL + "host"))) {
            return;
        }
        SandboxMailbox mailbox = SandboxMailbox.open(
                DataDirectory.of(environment).resolve("sandbox").resolve("mail"));
        // A bean, so that it closes with the context, after those who send to it.
        context.registerBean(SandboxMailbox.class, () -> mailbox);
        context.registerBean(
                "sandboxMailboxLine",
                StartLine.class,
                () -> new StartLine(
                        30, () -> "Correo de prueba: nada sale de esta máquina; queda en " + mailbox.directory()));
        Map<String, Object> settings = new HashMap<>();
        settings.put(EMAIL + "host", "127.0.0.1");
        settings.put(EMAIL + "port", mailbox.port());
        settings.put(EMAIL + "security", "NONE");
        // These two may be given while trying out.
        if (!StringUtils.hasText(environment.getProperty(EMAIL + "from"))) {
            settings.put(EMAIL + "from", "Entidad de ejemplo <rendicion@entidad.example>");
        }
        if (!StringUtils.hasText(environment.getProperty(EMAIL + "message-id-domain"))) {
            settings.put(EMAIL + "message-id-domain", "entidad.example");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("sandbox", settings));
    }
}
