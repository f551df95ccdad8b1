package org.pregonero.dispatcher.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings of the sample: those that ship with the application and the few below, and nothing else. No environment
 * variable, system property or configuration file of a live installation gets in, so whatever mail server, database or
 * broker is configured there is not even known here.
 */
final class SealedSettings {

    private final Path data;

    /** @param liveData the live data directory, beside whose content the sample's own is kept; the default one if null */
    SealedSettings(@Nullable String liveData) {
        data = Path.of(liveData == null || liveData.isBlank() ? "data" : liveData)
                .toAbsolutePath()
                .normalize()
                .resolve("demo");
    }

    ConfigurableEnvironment environment() {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources propertySources) {
                // neither environment variables nor system properties
            }
        };
    }

    String[] arguments() {
        return new String[] {
            "--spring.config.location=classpath:/",
            "--pregonero.data=" + data,
            "--pregonero.port=0",
            // links of the sample's mails lead nowhere; a port of this machine could be somebody else's
            "--pregonero.public-url=https://avisos.instituto.example",
            "--pregonero.channels.email.from=Instituto de Desarrollo Empresarial <rendicion@instituto.example>",
            "--pregonero.channels.email.message-id-domain=instituto.example",
            // who looks on does not wait for the next round
            "--pregonero.tasks.round=1s",
            "--db-scheduler.polling-interval=1s",
            // EmptyStart empties the database of the sample, and it alone
            "--spring.flyway.clean-disabled=false",
            // the lines for an installation in service would mislead here
            "--logging.level.org.pregonero.terminal=warn",
            // that a killed demo left its database running is no news
            "--logging.level.org.pregonero.dispatcher.embedded.LeftoverPostgres=error",
        };
    }
}
