package org.pregonero.dispatcher.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.springframework.core.env.Environment;

/**
 * The simulators of all providers together. There is one as a bean while nothing is configured that could really send;
 * else there is none, and its pages do not exist.
 */
public final class Sandbox implements AutoCloseable {

    static final String WHATSAPP_NUMBER = "+576015550101";
    static final String SMS_NUMBER = "+576015550102";

    private static final String CHANNELS = "pregonero.channels.";
    private static final Duration PACE = Duration.ofMillis(700);
    private static final Duration BOUNCE_DELAY = Duration.ofSeconds(2);

    private final Path directory;
    private final FailureScripts scripts = new FailureScripts();
    private final String secret = PrivateFile.randomSecret();
    private final String bounceAddress;
    private final Outbox outbox;
    private final BounceMailbox bounces;
    private final SandboxMailbox mailbox;
    private final TwilioSimulator twilio;
    private final TwilioReplies replies;
    private final XSimulator x;
    private final FacebookSimulator facebook;

    private Sandbox(Path directory, Environment environment, String domain) {
        Clock clock = Clock.systemUTC();
        this.directory = directory;
        this.bounceAddress = "rebotes@" + domain;
        this.outbox = new Outbox(directory.resolve("outbox"));
        this.bounces = BounceMailbox.open(bounceAddress, secret, BOUNCE_DELAY, clock);
        this.mailbox = SandboxMailbox.open(directory.resolve("mail"), scripts, bounces);
        var callbacks = new TwilioCallbacks(secret, new OwnAddress(environment)::shortWay);
        this.twilio = new TwilioSimulator(secret, outbox, scripts, callbacks, PACE, clock);
        this.replies = new TwilioReplies(outbox, callbacks, () -> callbackUrl(environment), clock);
        this.x = new XSimulator(
                new OauthSignature.OauthKeys("sandbox", secret, "sandbox", secret), outbox, scripts, clock);
        this.facebook = new FacebookSimulator(secret, outbox, scripts, clock);
    }

    /** @param domain of the institution's mail */
    static Sandbox open(Path directory, Environment environment, String domain) {
        return new Sandbox(directory, environment, domain);
    }

    private static String callbackUrl(Environment environment) {
        String configured = environment.getProperty(CHANNELS + "twilio.callback-url", "");
        return configured.isBlank()
                ? environment.getRequiredProperty("pregonero.public-url") + "/entrada/twilio"
                : configured;
    }

    /** The settings that make the adapters talk to the simulators. */
    Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("email.host", "127.0.0.1");
        settings.put("email.port", mailbox.port());
        settings.put("email.security", "NONE");
        settings.put("email.read-timeout", "20s");
        settings.put("email.bounces.host", "127.0.0.1");
        settings.put("email.bounces.port", bounces.port());
        settings.put("email.bounces.user", bounceAddress);
        settings.put("email.bounces.password", secret);
        settings.put("email.bounces.security", "NONE");
        settings.put("email.bounces.folder", "INBOX");
        settings.put("email.bounces.address", bounceAddress);
        settings.put("email.bounces.pause", "3s");
        settings.put("twilio.account-sid", TwilioSimulator.ACCOUNT);
        settings.put("twilio.auth-token", secret);
        settings.put("twilio.base-url", twilio.url());
        settings.put("whatsapp.sender", WHATSAPP_NUMBER);
        settings.put("sms.sender", SMS_NUMBER);
        settings.put("x.consumer-key", "sandbox");
        settings.put("x.consumer-secret", secret);
        settings.put("x.access-token", "sandbox");
        settings.put("x.access-token-secret", secret);
        settings.put("x.user-id", XSimulator.USER_ID);
        settings.put("x.base-url", x.url());
        settings.put("facebook.page-id", FacebookSimulator.PAGE_ID);
        settings.put("facebook.access-token", secret);
        settings.put("facebook.base-url", facebook.url());
        var full = new LinkedHashMap<String, Object>();
        settings.forEach((name, value) -> full.put(CHANNELS + name, value));
        // no network's patience to respect, and people who look on
        full.put("pregonero.delivery.channels.SMS.per-second", 50);
        return full;
    }

    /** Everything that was taken is kept below it. */
    public Path directory() {
        return directory;
    }

    public SandboxMailbox mailbox() {
        return mailbox;
    }

    public Outbox outbox() {
        return outbox;
    }

    public FailureScripts scripts() {
        return scripts;
    }

    /**
     * A person writes to the institution.
     *
     * @param channel WHATSAPP or SMS
     * @param person telephone number in E.164
     * @param text what they write
     */
    public SandboxReply reply(String channel, String person, String text) {
        boolean whatsApp = channel.equals("WHATSAPP");
        if (whatsApp) {
            twilio.opensWindow(person);
        }
        return replies.reply(channel, whatsApp ? WHATSAPP_NUMBER : SMS_NUMBER, person, text);
    }

    @Override
    public void close() {
        mailbox.close();
        bounces.close();
        twilio.close();
        x.close();
        facebook.close();
    }
}
