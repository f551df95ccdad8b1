package org.pregonero.dispatcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pregonero.dispatcher.testing.TestServers;

class PostgresServerTest {

    // Not the shared servers' constant: the process that gets killed must not start those as well.
    private static final Path PROGRAMS = Path.of("target", "postgres-programs");

    @TempDir
    Path home;

    @Test
    void keepsWhatWasCommittedAcrossStarts() throws Exception {
        try (PostgresServer first = start(home)) {
            execute(first, "create table kept (word text)", "insert into kept values ('añoranza')");
        }

        try (PostgresServer second = start(home)) {
            assertThat(query(second, "select word from kept")).isEqualTo("añoranza");
        }
    }

    @Test
    void takesOverFromAProcessThatWasKilled() throws Exception {
        Process killed = startInAnotherProcess(home);
        killed.destroyForcibly().waitFor();
        long orphan = Long.parseLong(
                Files.readAllLines(home.resolve("18/postmaster.pid")).get(0));
        assertThat(runs(orphan)).isTrue();

        try (PostgresServer next = start(home)) {
            assertThat(query(next, "select word from kept")).isEqualTo("before the kill");
            assertThat(runs(orphan)).isFalse();
        }
    }

    @Test
    void startsAlthoughAnotherProgramHasTheNumberOfADeadPostmaster() throws Exception {
        start(home).close();
        Files.writeString(
                home.resolve("18/postmaster.pid"), ProcessHandle.current().pid() + "\n" + home.resolve("18") + "\n");

        try (PostgresServer next = start(home)) {
            assertThat(query(next, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (PostgresServer server = start(home)) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThat(Files.getPosixFilePermissions(home.resolve("password"))).hasSize(2);
            assertThat(Files.getPosixFilePermissions(home.resolve("administrator-password")))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "data_checksums, on",
        "listen_addresses, 127.0.0.1",
        "server_encoding, UTF8",
        "is_superuser, off"
    })
    void runsWith(String setting, String value) throws Exception {
        PostgresServer server = TestServers.postgres();

        assertThat(query(server, "show " + setting)).isEqualTo(value);
    }

    private static PostgresServer start(Path home) {
        return PostgresServer.start(home, PROGRAMS, home.resolve("postgres.log"));
    }

    /** A process that ended but was not collected by its parent has a number still, and no program. */
    private static boolean runs(long pid) {
        return Files.isSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
                && ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .isPresent();
    }

    private static Process startInAnotherProcess(Path home) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Starter.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.lines().anyMatch("ready"::equals)).isTrue();
        }
        return process;
    }

    /** The process that gets killed. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            PostgresServer server = start(Path.of(arguments[0]));
            execute(server, "create table kept (word text)", "insert into kept values ('before the kill')");
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static void execute(PostgresServer server, String... statements) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
