package org.pregonero.dispatcher.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Looks at what a person gives at the command line before anything is started with it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int HIGHEST_PORT = 65_535;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String port = context.getEnvironment().getProperty("pregonero.port");
        if (!isPort(port)) {
            throw new StartFailure(
                    "PREGONERO_PORT debe ser un número de 1 a 65535, y es «" + port + "».",
                    "Corríjalo, por ejemplo: PREGONERO_PORT=8081 bin/pregonero");
        }
    }

    private static boolean isPort(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,5}")) {
            return false;
        }
        // 0, any free port, is for tests
        return Integer.parseInt(text) <= HIGHEST_PORT;
    }
}
