package org.pregonero.dispatcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.pregonero.dispatcher.embedded.AmqpBroker;
import org.pregonero.dispatcher.embedded.PostgresServer;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.springframework.boot.SpringApplication;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.FileSystemUtils;

/**
 * One real PostgreSQL and one real AMQP broker for all the tests of a JVM. An application gets a database, a virtual
 * host and a data directory of its own:
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void servers(DynamicPropertyRegistry registry) {
 *     TestServers.register(registry);
 * }
 * }</pre>
 */
public final class TestServers {

    /** Several JVMs run tests at a time. */
    private static final String FORK = System.getProperty("pregonero.test.fork", "");

    /** Unpacked once for all of them, and kept until the next clean build. */
    private static final Path PROGRAMS = Path.of("target", "postgres-programs");

    private static final Path HOME = Path.of("target", "test-servers" + FORK);

    private static final TestServers INSTANCE = new TestServers();

    private final PostgresServer postgres;
    private final AmqpBroker broker;
    private final AtomicBoolean usedBySpring = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private TestServers() {
        // A fixed place: what a killed test run left running there is stopped by this start.
        postgres = startPostgres();
        broker = AmqpBroker.start(HOME.resolve("broker").toAbsolutePath());
        // After the application contexts, which still talk to the servers while they close.
        SpringApplication.getShutdownHandlers().add(this::stop);
        // Spring runs that only where a context was started.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!usedBySpring.get()) {
                stop();
            }
        }));
    }

    private static PostgresServer startPostgres() {
        try {
            return PostgresServer.start(HOME.resolve("postgres"), PROGRAMS, HOME.resolve("postgres.log"));
        } catch (StartFailure halfDeleted) {
            // by a run that was killed while it cleared up
            deleteHome();
            return PostgresServer.start(HOME.resolve("postgres"), PROGRAMS, HOME.resolve("postgres.log"));
        }
    }

    private static void deleteHome() {
        try {
            FileSystemUtils.deleteRecursively(HOME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void register(DynamicPropertyRegistry registry) {
        String name = registerDatabase(registry);
        INSTANCE.broker.createVirtualHost(name);
        registry.add("pregonero.amqp.addresses", () -> "amqp://127.0.0.1:" + INSTANCE.broker.port());
        registry.add("pregonero.amqp.user", INSTANCE.broker::user);
        registry.add("pregonero.amqp.password", INSTANCE.broker::password);
        registry.add("pregonero.amqp.virtual-host", () -> name);
        registry.add("pregonero.amqp.queue-type", () -> "classic");
    }

    /** The same for a class that brings its own broker; returns the name of its database. */
    public static String registerDatabase(DynamicPropertyRegistry registry) {
        INSTANCE.usedBySpring.set(true);
        String name = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String url = freshDatabase(name);
        registry.add("pregonero.database.url", () -> url);
        registry.add("pregonero.database.user", INSTANCE.postgres::user);
        registry.add("pregonero.database.password", INSTANCE.postgres::password);
        // every application that Spring keeps for later tests would hold its whole pool open
        registry.add("spring.datasource.hikari.minimum-idle", () -> 1);
        registry.add("spring.datasource.hikari.idle-timeout", () -> 10_000);
        registry.add("pregonero.port", () -> 0);
        registry.add("pregonero.data", () -> dataDirectory(name).toString());
        return name;
    }

    /** The settings of processes of their own that share an empty database and a virtual host. */
    public static Map<String, String> forProcesses(String name) {
        INSTANCE.broker.createVirtualHost(name);
        return Map.of(
                "pregonero.database.url", freshDatabase(name),
                "pregonero.database.user", INSTANCE.postgres.user(),
                "pregonero.database.password", INSTANCE.postgres.password(),
                "pregonero.amqp.addresses", "amqp://127.0.0.1:" + INSTANCE.broker.port(),
                "pregonero.amqp.user", INSTANCE.broker.user(),
                "pregonero.amqp.password", INSTANCE.broker.password(),
                "pregonero.amqp.virtual-host", name,
                "pregonero.amqp.queue-type", "classic");
    }

    /** An empty database without a Spring context around it; connect with {@link #postgres()}'s user and password. */
    public static String freshDatabase(String name) {
        try {
            INSTANCE.postgres.createDatabase(name);
            // nobody pulls the plug of this machine
            administer("alter database \"" + name + "\" set synchronous_commit = off");
            return INSTANCE.postgres.jdbcUrl(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every connection to a database and lets none come again, as if its server were gone. */
    public static void takeAway(String database) {
        administer("alter database \"" + database + "\" with allow_connections false");
        // also those that were just about to be made
        Awaitility.await()
                .until(() -> administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                                + database + "'")
                        == 0);
    }

    public static void giveBack(String database) {
        administer("alter database \"" + database + "\" with allow_connections true");
    }

    /** Returns the number of rows of the answer. */
    private static int administer(String statement) {
        try (var connection = DriverManager.getConnection(
                        postgres().jdbcUrl(), postgres().user(), postgres().password());
                var prepared = connection.prepareStatement(
                        statement, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            var rows = prepared.execute() ? prepared.getResultSet() : null;
            return rows != null && rows.last() ? rows.getRow() : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PostgresServer postgres() {
        return INSTANCE.postgres;
    }

    public static AmqpBroker broker() {
        return INSTANCE.broker;
    }

    private static Path dataDirectory(String name) {
        try {
            return Files.createDirectories(HOME.resolve("data").resolve(name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        if (stopped.getAndSet(true)) {
            return;
        }
        broker.close();
        postgres.close();
        deleteHome();
    }
}
