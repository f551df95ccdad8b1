package org.pregonero.channels.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome.Accepted;
import org.pregonero.templates.ByHandContent.Medium;
import org.pregonero.templates.ByHandContent.Responsible;
import org.pregonero.templates.RenderedTask;

class ByHandAdapterTest extends ChannelAdapterContract {

    private static final UUID TOKEN = UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10");

    private final ByHandAdapter adapter = new ByHandAdapter();

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        return adapter;
    }

    @Override
    protected OutboundMessage message() {
        return new OutboundMessage(
                TOKEN,
                "Emisora Ñandú",
                null,
                new RenderedTask(
                        Medium.RADIO,
                        "Cuña de 30 segundos",
                        "Venga.",
                        1,
                        null,
                        null,
                        List.of(new Responsible("Ana Ruiz", "ana@ejemplo.gov.co"))),
                null);
    }

    @Override
    protected Optional<String> notApplicable(Situation situation) {
        return situation == Situation.ACCEPTED ? Optional.empty() : Optional.of("there is no provider");
    }

    @Override
    protected boolean handsOver() {
        return false;
    }

    @Override
    protected int handovers() {
        return 0;
    }

    /** What is sent is handed over, and what a killed process was handing over is found to be. */
    @Override
    protected void assertExactRequest() {
        assertThat(adapter.find(message(), Instant.EPOCH)).contains(new Accepted(TOKEN.toString(), null));
    }

    @Override
    protected List<String> privateTexts() {
        return List.of("Emisora Ñandú", "Cuña de 30", "Ana Ruiz", "ana@ejemplo.gov.co");
    }
}
