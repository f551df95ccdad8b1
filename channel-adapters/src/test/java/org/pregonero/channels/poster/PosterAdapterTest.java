package org.pregonero.channels.poster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.ChannelAdapterContract;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.channels.SendOutcome.ChannelDown;
import org.pregonero.channels.SendOutcome.Published;
import org.pregonero.templates.RenderedPoster;

class PosterAdapterTest extends ChannelAdapterContract {

    private static final UUID TOKEN = UUID.fromString("7f1c1f66-9a0e-4d53-8c8f-2f1f3c9b7a10");
    private static final byte[] PDF = "%PDF-1.7 afiche".getBytes(StandardCharsets.UTF_8);
    private static final String PDF_HASH = DigestUtils.sha256Hex(PDF);

    private final Path directory;

    PosterAdapterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Override
    protected ChannelAdapter adapterIn(Situation situation) {
        return situation == Situation.UNREACHABLE ? adapter(blocked()) : adapter(directory.resolve("afiches"));
    }

    private static PosterAdapter adapter(Path directory) {
        return new PosterAdapter(new PosterProperties(directory.toString(), "https://difusion.ejemplo.gov.co/afiches"));
    }

    /** A file stands where the directory should be, which stops root too. */
    private Path blocked() {
        try {
            return Files.writeString(directory.resolve("ocupado"), "x").resolve("afiches");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected OutboundMessage message() {
        return message("Afiche A4 – cartelera.pdf");
    }

    private static OutboundMessage message(String fileName) {
        return new OutboundMessage(
                TOKEN,
                "Cartelera piso 1",
                null,
                new RenderedPoster("Rendición", fileName, "application/pdf", PDF),
                null);
    }

    @Override
    protected Optional<String> notApplicable(Situation situation) {
        return switch (situation) {
            case ACCEPTED, UNREACHABLE -> Optional.empty();
            case REJECTED,
                    RATE_LIMITED,
                    PROVIDER_TROUBLE,
                    TIMEOUT_BEFORE_HANDOVER,
                    TIMEOUT_AFTER_HANDOVER,
                    MALFORMED_ANSWER,
                    BAD_CREDENTIALS -> Optional.of("a disk takes the file or it does not");
        };
    }

    @Override
    protected Class<? extends SendOutcome> expected(Situation situation) {
        return situation == Situation.ACCEPTED ? Published.class : super.expected(situation);
    }

    @Override
    protected Reason.@Nullable Code expectedReason(Situation situation) {
        return situation == Situation.UNREACHABLE ? Reason.Code.STORAGE : super.expectedReason(situation);
    }

    @Override
    protected int handovers() {
        return files().size();
    }

    private List<Path> files() {
        if (!Files.exists(directory.resolve("afiches"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory.resolve("afiches"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void assertExactRequest() {
        assertThat(files()).containsExactly(directory.resolve("afiches/" + TOKEN + "/Afiche-A4-cartelera.pdf"));
        assertThat(files().get(0)).hasBinaryContent(PDF);
    }

    @Override
    protected List<String> privateTexts() {
        return List.of("Cartelera piso 1", "Rendición");
    }

    @Test
    void saysWhereItCanBeReadAndWhatItsHashIs() {
        String id = TOKEN + "/Afiche-A4-cartelera.pdf";

        assertThat(adapterIn(Situation.ACCEPTED).send(message()))
                .isEqualTo(new Published(id, URI.create("https://difusion.ejemplo.gov.co/afiches/" + id), PDF_HASH));
    }

    @Test
    void aRepetitionEndsTheSameWayWithOneFile() {
        PosterAdapter adapter = adapter(directory.resolve("afiches"));

        assertThat(adapter.send(message())).isEqualTo(adapter.send(message()));

        assertThat(files()).hasSize(1);
    }

    @Test
    void findReadsBackWhatIsThereAndOnlyThat() throws IOException {
        PosterAdapter adapter = adapter(directory.resolve("afiches"));
        assertThat(adapter.find(message(), Instant.EPOCH)).isEmpty();

        SendOutcome sent = adapter.send(message());
        assertThat(adapter.find(message(), Instant.EPOCH)).contains(sent);

        Files.writeString(files().get(0), "otra cosa");
        assertThat(adapter.find(message(), Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, etc-passwd.pdf",
        "..\\..\\boot.ini, boot.ini.pdf",
        ".., afiche.pdf",
        "'', afiche.pdf",
        "/abs/olute.PDF, abs-olute.pdf",
        "Año nuevo.pdf, Ano-nuevo.pdf",
        "Fondo de pantalla.PNG, Fondo-de-pantalla.png",
        "fondo.png.html, fondo.png.html.pdf",
    })
    void aNameLeadsNowhereElse(String given, String kept) {
        PosterAdapter adapter = adapter(directory.resolve("afiches"));

        assertThat(adapter.send(message(given))).isInstanceOf(Published.class);

        assertThat(files())
                .containsExactly(
                        directory.resolve("afiches").resolve(TOKEN.toString()).resolve(kept));
    }

    @Test
    void aMissingAddressIsNamed() {
        PosterAdapter adapter = new PosterAdapter(new PosterProperties(directory.toString(), " "));

        assertThat(adapter.send(message())).isInstanceOfSatisfying(ChannelDown.class, down -> assertThat(down.advice())
                .contains("pregonero.channels.poster.base-url"));
    }
}
