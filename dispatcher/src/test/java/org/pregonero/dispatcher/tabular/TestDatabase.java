package org.pregonero.dispatcher.tabular;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL for this JVM's tests, with every migration applied. Each test empties what it uses. */
public final class TestDatabase {

    private static final DataSource DATA_SOURCE = start();

    private TestDatabase() {}

    public static JdbcClient jdbc() {
        return JdbcClient.create(DATA_SOURCE);
    }

    public static TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(DATA_SOURCE));
    }

    private static DataSource start() {
        try {
            @SuppressWarnings("resource") // stopped by its own shutdown hook
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            DataSource dataSource = server.getPostgresDatabase();
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return dataSource;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
