import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Runs the statements of a file in the database of a data directory: java -cp <JDBC driver> RunSql.java DATA FILE */
class RunSql {
    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0], "postgres");
        Path postmaster;
        try (var files = Files.walk(data, 2)) {
            postmaster = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
        }
        // its fourth line is the port
        var url = "jdbc:postgresql://127.0.0.1:" + Files.readAllLines(postmaster).get(3).strip() + "/pregonero";
        var password = Files.readString(data.resolve("password")).strip();
        try (var connection = DriverManager.getConnection(url, "pregonero", password);
                var statement = connection.createStatement()) {
            for (var sql : Files.readString(Path.of(arguments[1])).split(";\\s*\\n")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
