package org.pregonero.dispatcher.runtime;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The failures at start that a person can mend, told in Spanish and ahead of Spring Boot's own analyses. */
final class StartFailureAnalyzers {

    private StartFailureAnalyzers() {}

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Explained extends AbstractFailureAnalyzer<StartFailure> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, StartFailure cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.advice(), rootFailure);
        }
    }

    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    static final class PortInUse extends AbstractFailureAnalyzer<PortInUseException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
            return new FailureAnalysis(
                    "El puerto " + cause.getPort() + " ya está ocupado por otro programa.",
                    "Detenga ese programa, o elija otro puerto: PREGONERO_PORT=8081 bin/pregonero",
                    rootFailure);
        }
    }

    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    static final class DatabaseRefuses extends AbstractFailureAnalyzer<SQLException> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
            String state = String.valueOf(cause.getSQLState());
            // 08 no connection, 28 wrong user or password, 3D no such database
            if (!state.startsWith("08") && !state.startsWith("28") && !state.startsWith("3D")) {
                return null;
            }
            return new FailureAnalysis(
                    "No hay conexión con la base de datos: " + cause.getMessage(),
                    "Revise PREGONERO_DATABASE_URL, PREGONERO_DATABASE_USER y PREGONERO_DATABASE_PASSWORD.",
                    rootFailure);
        }
    }

    @Order(Ordered.HIGHEST_PRECEDENCE + 3)
    static final class WrongSetting extends AbstractFailureAnalyzer<BindException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
            Throwable reason = cause;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            var property = cause.getProperty();
            String name = property == null
                    ? cause.getName().toString()
                    : property.getName().toString();
            return new FailureAnalysis(
                    "El ajuste «" + name + "» tiene un valor que no sirve: " + reason.getMessage(),
                    "Corríjalo en la variable de entorno "
                            + name.toUpperCase(java.util.Locale.ROOT)
                                    .replace('.', '_')
                                    .replace('-', '_')
                            + " o en el archivo de configuración.",
                    rootFailure);
        }
    }

    /** Whatever nobody else could explain: the stack trace is for the log, not for the terminal. */
    @Order(Ordered.LOWEST_PRECEDENCE)
    static final class Unexpected extends AbstractFailureAnalyzer<Throwable> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
            Throwable reason = rootFailure;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            return new FailureAnalysis(
                    "Error inesperado: " + reason.getMessage(),
                    "El detalle está en logs/pregonero.log, dentro del directorio de datos.",
                    rootFailure);
        }
    }
}
