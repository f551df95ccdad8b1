package org.pregonero.dispatcher.embedded;

import java.util.List;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.StartLine;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Starts what is not configured externally, and tells Spring Boot where it listens. The connection details are what
 * the connection pools are built from, so the container itself starts the servers first and stops them last.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddedServers {

    @Configuration(proxyBeanMethods = false)
    @WhenUnset("pregonero.database.url")
    static class Database {

        @Bean
        DataDirectoryLock dataDirectoryLock(DataDirectory data) {
            return DataDirectoryLock.on(data);
        }

        @Bean
        PostgresServer postgresServer(DataDirectory data, DataDirectoryLock lock) {
            return PostgresServer.start(
                    data.directory("postgres"),
                    data.directory("postgres-programs"),
                    data.directory("logs").resolve("postgres.log"));
        }

        @Bean
        StartLine postgresLine(PostgresServer server, DataDirectory data) {
            return new StartLine(
                    10, () -> "PostgreSQL 18 en " + data.resolve("postgres") + " (puerto " + server.port() + ")");
        }

        @Bean
        JdbcConnectionDetails embeddedDatabase(PostgresServer server) {
            return new JdbcConnectionDetails() {
                @Override
                public String getJdbcUrl() {
                    return server.jdbcUrl();
                }

                @Override
                public String getUsername() {
                    return server.user();
                }

                @Override
                public String getPassword() {
                    return server.password();
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @WhenUnset("pregonero.amqp.addresses")
    static class Broker {

        @Bean
        AmqpBroker amqpBroker(DataDirectory data) {
            return AmqpBroker.start(data.directory("broker"));
        }

        @Bean
        StartLine brokerLine(AmqpBroker broker) {
            return new StartLine(20, () -> "Cola de mensajes AMQP interna (puerto " + broker.port() + ")");
        }

        @Bean
        RabbitConnectionDetails embeddedBroker(AmqpBroker broker) {
            return new RabbitConnectionDetails() {
                @Override
                public String getUsername() {
                    return broker.user();
                }

                @Override
                public String getPassword() {
                    return broker.password();
                }

                @Override
                public List<Address> getAddresses() {
                    return List.of(new Address("127.0.0.1", broker.port()));
                }
            };
        }
    }
}
