package org.pregonero.dispatcher.sandbox;

import java.util.List;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.StartLine;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Opens the sandbox when no provider at all is configured, and makes its simulators the configured ones. This happens
 * before any bean is made, so that the adapters find their settings where they would find those of real providers. As
 * soon as one provider is configured, nothing is simulated.
 */
class SandboxInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final String CHANNELS = "pregonero.channels.";
    private static final String DOMAIN = CHANNELS + "email.message-id-domain";
    private static final String FROM = CHANNELS + "email.from";

    /** Who has one of these means to send in earnest, even where others that belong to it got lost. */
    private static final List<String> PROVIDERS = List.of(
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
            "facebook.access-token");

    /** What sends messages with links that people open on machines of their own. */
    private static final List<String> WITH_LINKS = List.of("email.host", "whatsapp.sender", "sms.sender");

    private static final Pattern ONLY_HERE = Pattern.compile("(https?://(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?)?");

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (anyIsSet(environment, PROVIDERS)) {
            String publicUrl = environment.getProperty("pregonero.public-url", "");
            if (anyIsSet(environment, WITH_LINKS)
                    && ONLY_HERE.matcher(publicUrl).matches()) {
                context.registerBean(
                        "publicUrlLine",
                        StartLine.class,
                        () -> new StartLine(
                                30,
                                () ->
                                        "Quien reciba un mensaje no podrá abrir sus enlaces, tampoco el de baja: empiezan por «"
                                                + publicUrl
                                                + "», que solo existe en esta máquina. Ponga en PREGONERO_PUBLIC_URL la"
                                                + " dirección pública, con https"));
            }
            return;
        }
        if (!environment.getProperty("pregonero.sandbox", Boolean.class, true)) {
            context.registerBean(
                    "noProviderLine",
                    StartLine.class,
                    () -> new StartLine(
                            30,
                            () -> "Ningún proveedor está configurado: no se puede enviar correo, WhatsApp, SMS ni"
                                    + " publicaciones. Vea «Channels» en docs/operations.md, o empiece por"
                                    + " PREGONERO_CHANNELS_EMAIL_HOST"));
            return;
        }
        open(context, environment);
    }

    private static void open(GenericApplicationContext context, ConfigurableEnvironment environment) {
        // or every answer of a simulator waits 40 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
        String domain = given(environment, DOMAIN, "entidad.example");
        Sandbox sandbox = Sandbox.open(DataDirectory.of(environment).resolve("sandbox"), environment, domain);
        // Beans, so that it closes with the context, after those who send to it.
        context.registerBean(Sandbox.class, () -> sandbox);
        context.registerBean(SandboxMailbox.class, sandbox::mailbox);
        context.registerBean(
                "sandboxLine",
                StartLine.class,
                () -> new StartLine(
                        30,
                        () -> "Modo de prueba: nada sale de esta máquina. Lo enviado se ve en "
                                + environment.getProperty("pregonero.public-url", "") + "/sandbox y queda en "
                                + sandbox.directory()));
        var settings = sandbox.settings();
        // These two may be given while trying out.
        settings.put(FROM, given(environment, FROM, "Entidad de ejemplo <rendicion@entidad.example>"));
        settings.put(DOMAIN, domain);
        environment.getPropertySources().addFirst(new MapPropertySource("sandbox", settings));
    }

    private static boolean anyIsSet(ConfigurableEnvironment environment, List<String> names) {
        return names.stream().anyMatch(name -> StringUtils.hasText(environment.getProperty(CHANNELS + name)));
    }

    /** An empty setting counts as none: that is how an environment passes on what it does not know. */
    private static String given(ConfigurableEnvironment environment, String name, String otherwise) {
        String value = environment.getProperty(name);
        return value != null && StringUtils.hasText(value) ? value : otherwise;
    }
}
