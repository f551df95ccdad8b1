package org.pregonero.channels.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.templates.RenderedAnnouncement;

class WebAdapterTest extends ChannelAdapterContract {

    private static final UUID TOKEN = UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10");

    private final WebAdapter adapter = adapter("https://avisos.ejemplo.gov.co/anuncios");

    private static WebAdapter adapter(String base) {
        return new WebAdapter(new WebProperties(base));
    }

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        return situation == Situation.UNREACHABLE ? adapter("avisos.ejemplo.gov.co/anuncios") : adapter;
    }

    @Override
    protected OutboundMessage message() {
        return message("Lo esperamos");
    }

    private static OutboundMessage message(String summary) {
        return new OutboundMessage(
                TOKEN,
                "Sede electrónica",
                null,
                new RenderedAnnouncement("Audiencia pública", summary, "<p>Texto</p>", "Texto", false, false, null),
                null);
    }

    @Override
    protected Optional<String> notApplicable(Situation situation) {
        return switch (situation) {
            case ACCEPTED, UNREACHABLE -> Optional.empty();
            default -> Optional.of("nothing leaves this installation");
        };
    }

    @Override
    protected Class<? extends SendOutcome> expected(Situation situation) {
        return situation == Situation.ACCEPTED ? Published.class : super.expected(situation);
    }

    @Override
    protected Reason.@Nullable Code expectedReason(Situation situation) {
        return situation == Situation.UNREACHABLE ? Reason.Code.CONFIGURATION : super.expectedReason(situation);
    }

    @Override
    protected boolean handsOver() {
        return false;
    }

    @Override
    protected int handovers() {
        return 0;
    }

    @Override
    protected void assertExactRequest() {
        assertThat(adapter.send(message()))
                .isInstanceOfSatisfying(Published.class, published -> assertThat(published.url())
                        .isEqualTo(URI.create("https://avisos.ejemplo.gov.co/anuncios/" + TOKEN)));
    }

    @Override
    protected List<String> privateTexts() {
        return List.of("Sede electrónica", "Lo esperamos", "Texto");
    }

    @Test
    void whatWasSaidCanBeToldFromItsHash() {
        var first = (Published) adapter.send(message());
        var second = (Published) adapter.send(message("Otra cosa"));

        assertThat(first.sha256()).isNotEqualTo(second.sha256());
        assertThat(adapter.find(message(), Instant.EPOCH)).contains(first);
    }
}
