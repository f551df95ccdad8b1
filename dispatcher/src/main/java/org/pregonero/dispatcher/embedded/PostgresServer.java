package org.pregonero.dispatcher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of our own on the loopback interface, as durable as any: what was committed survives a power cut.
 * Its files stay between starts; its port is another one at every start.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    private static final String ADMINISTRATOR = "postgres";
    private static final String OWNER = "pregonero";
    private static final String DATABASE = "pregonero";
    private static final long LARGE_LOG = 10_000_000;

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "shared_buffers=256MB",
            "effective_cache_size=1GB",
            "work_mem=16MB",
            "maintenance_work_mem=128MB",
            "random_page_cost=1.1",
            "wal_compression=on",
            "max_wal_size=2GB",
            "checkpoint_timeout=15min",
            "log_checkpoints=off",
            "TimeZone=UTC",
            "log_timezone=UTC");

    private final Path data;
    private final PostgresCommand command;
    private final int port;
    private final String password;
    private final String administratorPassword;

    private PostgresServer(
            Path data, PostgresCommand command, int port, String password, String administratorPassword) {
        this.data = data;
        this.command = command;
        this.port = port;
        this.password = password;
        this.administratorPassword = administratorPassword;
    }

    /**
     * Starts the server on the files in {@code home}, which are made where they are missing. The caller sees to it
     * that no other process does the same.
     *
     * @param programs where PostgreSQL's programs are unpacked to; may be shared
     * @param logFile PostgreSQL's own log
     * @throws StartFailure with the reason and the place of the log, in Spanish
     */
    public static PostgresServer start(Path home, Path programs, Path logFile) {
        try {
            Files.createDirectories(logFile.toAbsolutePath().resolve("..").normalize());
            Path data = home.toAbsolutePath().normalize().resolve("18");
            var command = new PostgresCommand(PostgresBinaries.unpackedBelow(programs.toAbsolutePath()));
            var passwordFile = new PrivateFile(home.resolve("password"));
            var administratorFile = new PrivateFile(home.resolve("administrator-password"));
            if (Files.exists(data) && Files.notExists(administratorFile.path())) {
                throw new StartFailure(
                        "Falta el archivo " + administratorFile.path() + ", la clave de la base de datos.",
                        "Recupérelo de la copia de seguridad de ese directorio.");
            }
            String administratorPassword = administratorFile.secret();
            if (Files.notExists(data)) {
                create(data, command, administratorFile.path());
            }
            new LeftoverPostgres(data, command).clear();
            keepSmall(logFile);
            int port = freePort();
            var server = new PostgresServer(data, command, port, passwordFile.secret(), administratorPassword);
            server.launch(logFile);
            try {
                server.ensureDatabase();
            } catch (SQLException e) {
                server.close();
                throw failure("PostgreSQL arrancó pero no se deja usar: " + e.getMessage(), logFile, e);
            }
            return server;
        } catch (IOException e) {
            throw failure("No se pudo preparar PostgreSQL: " + e.getMessage(), logFile, e);
        }
    }

    private static void create(Path data, PostgresCommand command, Path passwordFile) throws IOException {
        Path unfinished = data.resolveSibling("18.creating");
        FileSystemUtils.deleteRecursively(unfinished);
        var created = command.run(
                Duration.ofMinutes(5),
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + ADMINISTRATOR,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        if (!created.succeeded()) {
            log.error("initdb failed: {}", created.output());
            throw new StartFailure(
                    "No se pudo crear la base de datos en " + data + ": " + lastLine(created.output()),
                    adviceFor(created.output()));
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch(Path logFile) throws IOException {
        StringBuilder options = new StringBuilder("-c port=").append(port);
        SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
        // pg_ctl, and not the server itself: it puts the server into a session of its own, where Ctrl-C in the
        // terminal does not reach it before the application has stopped in order.
        var started = command.run(
                Duration.ofMinutes(11),
                "pg_ctl",
                "start",
                "-D",
                data.toString(),
                "-l",
                logFile.toAbsolutePath().toString(),
                "-w",
                "-t",
                "600",
                "-o",
                options.toString());
        if (!started.succeeded()) {
            log.error("pg_ctl start failed: {}", started.output());
            String ownLog = Files.exists(logFile) ? tail(logFile) : "";
            throw new StartFailure(
                    "PostgreSQL no arrancó. Su registro está en " + logFile.toAbsolutePath() + "; termina así:\n"
                            + ownLog,
                    adviceFor(started.output() + ownLog));
        }
    }

    private void ensureDatabase() throws SQLException {
        try (Connection connection = administratorConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + OWNER + "'")) {
                statement.execute("create role " + OWNER + " login");
            }
            // The secret has letters, digits, '-' and '_' only.
            statement.execute("alter role " + OWNER + " password '" + password + "'");
            if (!exists(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                createDatabase(statement, DATABASE);
            }
        }
    }

    /** Makes an empty database, which belongs to the application's user; {@link #jdbcUrl(String)} leads to it. */
    public void createDatabase(String name) throws SQLException {
        try (Connection connection = administratorConnection();
                Statement statement = connection.createStatement()) {
            createDatabase(statement, name);
        }
    }

    private static void createDatabase(Statement statement, String name) throws SQLException {
        statement.execute("create database \"" + name + "\" owner " + OWNER + " template template0");
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Connection administratorConnection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), ADMINISTRATOR, administratorPassword);
    }

    public int port() {
        return port;
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return OWNER;
    }

    public String password() {
        return password;
    }

    /** Ends sessions, writes a checkpoint, stops. */
    @Override
    public void close() {
        try {
            var stopped = command.run(
                    Duration.ofMinutes(3), "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "120");
            if (!stopped.succeeded() && Files.exists(data.resolve("postmaster.pid"))) {
                log.error("PostgreSQL did not stop: {}", stopped.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StartFailure failure(String problem, Path logFile, Exception cause) {
        return new StartFailure(
                problem,
                adviceFor(String.valueOf(cause.getMessage())) + " El registro de PostgreSQL está en "
                        + logFile.toAbsolutePath() + ".",
                cause);
    }

    private static String adviceFor(String output) {
        if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
            return "El disco está lleno: libere espacio y vuelva a iniciar Pregonero.";
        }
        if (output.contains("unshare") || output.contains("cannot be run as root")) {
            return "Aquí no se puede iniciar PostgreSQL como root: inicie Pregonero con otro usuario, o use un"
                    + " PostgreSQL externo con PREGONERO_DATABASE_URL.";
        }
        return "Revise los permisos y el espacio en disco del directorio de datos.";
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static String lastLine(String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (earlier, later) -> later);
    }

    private static void keepSmall(Path logFile) throws IOException {
        if (Files.exists(logFile) && Files.size(logFile) > LARGE_LOG) {
            Files.move(
                    logFile, logFile.resolveSibling(logFile.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
