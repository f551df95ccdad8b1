package org.pregonero.channels.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.templates.RenderedContent;

/** The contract, towards a stand-in for Twilio that counts and keeps requests. */
abstract class TwilioContract extends ChannelAdapterContract {

    static final UUID TOKEN = UUID.fromString("3f0c0000-0000-4000-8000-000000000001");

    private final TwilioStub stub = new TwilioStub();
    private final List<TwilioLine> lines = new ArrayList<>();

    abstract ChannelAdapter adapter(TwilioLine line);

    abstract RenderedContent content();

    /** What the form of an accepted message holds. */
    abstract Map<String, String> form();

    @AfterEach
    void close() {
        lines.forEach(TwilioLine::close);
        stub.close();
    }

    private ChannelAdapter adapter(TwilioProperties settings) {
        TwilioLine line = new TwilioLine(settings, Clock.systemUTC());
        lines.add(line);
        return adapter(line);
    }

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        return switch (situation) {
            case ACCEPTED -> adapter(stub.settings());
            case REJECTED -> {
                stub.refuses(
                        400,
                        63003,
                        "To +573001234567 (whatsapp:573001234567, Ñáñez) unknown: Señora Ñáñez, acompáñenos");
                yield adapter(stub.settings());
            }
            case RATE_LIMITED -> {
                stub.answers(TwilioStub.refusal(429, 20429, "Too Many Requests").withHeader("Retry-After", "7"));
                yield adapter(stub.settings());
            }
            case PROVIDER_TROUBLE -> {
                stub.answers(TwilioStub.refusal(503, 20503, "Unavailable").withHeader("Retry-After", "1"));
                yield adapter(stub.settings());
            }
            case UNREACHABLE -> adapter(stub.deafSettings());
            case TIMEOUT_BEFORE_HANDOVER -> adapter(stub.silentSettings());
            case TIMEOUT_AFTER_HANDOVER -> {
                stub.isSlow();
                yield adapter(stub.impatientSettings());
            }
            case MALFORMED_ANSWER -> {
                stub.answers(TwilioStub.json(201, "<html>+573001234567 acompáñenos</html>"));
                yield adapter(stub.settings());
            }
            case BAD_CREDENTIALS -> {
                stub.refuses(401, 20003, "Authenticate with clave-muy-secreta");
                yield adapter(stub.settings());
            }
        };
    }

    /**
     * After an answer of 500 and above, whether Twilio took the message is not known. The only talk before the handover is
     * that of setting up the connection, and no message fares better there than another.
     */
    @Override
    protected Class<? extends SendOutcome> expected(Situation situation) {
        return switch (situation) {
            case PROVIDER_TROUBLE -> SendOutcome.Unknown.class;
            case TIMEOUT_BEFORE_HANDOVER -> SendOutcome.ChannelDown.class;
            default -> super.expected(situation);
        };
    }

    @Override
    protected Reason.@Nullable Code expectedReason(Situation situation) {
        return situation == Situation.TIMEOUT_BEFORE_HANDOVER
                ? Reason.Code.UNREACHABLE
                : super.expectedReason(situation);
    }

    @Override
    protected OutboundMessage message() {
        return new OutboundMessage(TOKEN, "+573001234567", "Ñáñez", content(), null);
    }

    @Override
    protected int handovers() {
        return stub.posts().size();
    }

    @Override
    protected List<String> privateTexts() {
        return List.of(
                "3001234567",
                "Ñáñez",
                "acompáñenos",
                "acomp%C3",
                "clave-muy-secreta",
                credentials(),
                TwilioStub.ACCOUNT);
    }

    private static String credentials() {
        return Base64.getEncoder()
                .encodeToString((TwilioStub.ACCOUNT + ":" + TwilioStub.AUTH_TOKEN).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected void assertExactRequest() {
        assertThat(stub.posts()).singleElement().satisfies(this::assertExact);
    }

    private void assertExact(LoggedRequest request) {
        assertThat(request.getUrl()).isEqualTo(TwilioStub.MESSAGES);
        assertThat(request.getHeader("Authorization")).isEqualTo("Basic " + credentials());
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded; charset=UTF-8");
        assertThat(request.getHeader("Accept")).isEqualTo("application/json");
        assertThat(request.getHeader("Host")).isEqualTo(request.getHost() + ":" + request.getPort());
        assertThat(TwilioStub.form(request)).isEqualTo(form());
    }
}
