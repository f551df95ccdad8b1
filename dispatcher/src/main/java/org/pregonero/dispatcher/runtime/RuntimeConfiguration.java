package org.pregonero.dispatcher.runtime;

import com.openhtmltopdf.slf4j.Slf4jLogger;
import com.openhtmltopdf.util.XRLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

    RuntimeConfiguration() {
        // By itself, what prints posters writes to the terminal, past the log.
        XRLog.setLoggerImpl(new Slf4jLogger());
    }

    @Bean
    DataDirectory dataDirectory(Environment environment) {
        return DataDirectory.of(environment);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    StartLine addressLine(Environment environment, ProcessRoles roles) {
        return new StartLine(
                100,
                () -> (roles.has(ProcessRoles.Role.WEB) ? "Páginas" : "Solo estado") + ": http://"
                        + environment.getProperty("server.address", "127.0.0.1") + ":"
                        + environment.getProperty("local.server.port", "")
                        + (roles.has(ProcessRoles.Role.WEB) ? "/" : "/actuator/health"));
    }
}
