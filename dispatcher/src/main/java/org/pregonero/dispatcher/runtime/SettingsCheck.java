package org.pregonero.dispatcher.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Looks at the settings that a person gives at the command line, before anything is started with them. */
class SettingsCheck implements EnvironmentPostProcessor, Ordered {

    private static final int HIGHEST_PORT = 65_535;

    @Override
    public int getOrder() {
        // after the configuration files have been read
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String port = environment.getProperty("pregonero.port");
        if (!isPort(port)) {
            throw new StartFailure(
                    "PREGONERO_PORT debe ser un número de 1 a 65535, y es «" + port + "».",
                    "Corríjalo, por ejemplo: PREGONERO_PORT=8081 bin/pregonero");
        }
    }

    private static boolean isPort(@Nullable String text) {
        if (text == null || !text.strip().matches("\\d{1,5}")) {
            return false;
        }
        // 0, any free port, is for tests
        return Integer.parseInt(text.strip()) <= HIGHEST_PORT;
    }
}
