package org.pregonero.dispatcher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class SandboxInitializerTest {

    @TempDir
    Path data;

    @Test
    void aSettingLeftEmptyIsAsGoodAsNone() {
        try (var context = new GenericApplicationContext()) {
            var environment = context.getEnvironment();
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "given",
                            Map.of(
                                    "pregonero.data", data.toString(),
                                    "pregonero.channels.email.host", "",
                                    "pregonero.channels.email.from", "",
                                    "pregonero.channels.email.message-id-domain", "ensayo.example")));

            new SandboxInitializer().initialize(context);
            context.refresh();

            assertThat(environment.getProperty("pregonero.channels.email.from")).contains("@entidad.example");
            assertThat(environment.getProperty("pregonero.channels.email.message-id-domain"))
                    .isEqualTo("ensayo.example");
        }
    }
}
