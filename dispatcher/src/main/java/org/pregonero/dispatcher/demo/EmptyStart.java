package org.pregonero.dispatcher.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.pregonero.dispatcher.embedded.PostgresServer;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.util.FileSystemUtils;

/**
 * Takes away what an earlier demo left, in the database and on disk. By now the lock of the data directory is held and a
 * PostgreSQL that a killed demo left running has been stopped, so nobody else is at work there; its files are kept,
 * which spares every demo but the first from making them.
 */
final class EmptyStart implements FlywayMigrationStrategy {

    private final DataDirectory data;
    private final String ownDatabase;

    /** @param postgres there is none with an external database, and then no demo either */
    EmptyStart(DataDirectory data, PostgresServer postgres) {
        this.data = data;
        this.ownDatabase = postgres.jdbcUrl();
    }

    @Override
    public void migrate(Flyway flyway) {
        try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
            if (!connection.getMetaData().getURL().startsWith(ownDatabase)) {
                throw new IllegalStateException("Not the demo's own database: it will not be emptied");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The demo's own database does not answer", e);
        }
        flyway.clean();
        try {
            FileSystemUtils.deleteRecursively(data.resolve("posters"));
            FileSystemUtils.deleteRecursively(data.resolve("sandbox"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flyway.migrate();
    }
}
