package org.pregonero.dispatcher.tabular;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.pregonero.dispatcher.testing.TestServers;
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
        var server = TestServers.postgres();
        // to prove the password costs more than most of the tests' statements
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(TestServers.freshDatabase("repositories"));
        dataSource.setUsername(server.user());
        dataSource.setPassword(server.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return dataSource;
    }
}
