package org.pregonero.dispatcher.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/**
 * The one directory that holds everything this process keeps on disk: the embedded database, logs, posters, the
 * sandbox's mail, generated secrets.
 *
 * @param path absolute and normalised
 */
public record DataDirectory(Path path) {

    public static final String PROPERTY = "pregonero.data";

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    public static DataDirectory of(Environment environment) {
        return new DataDirectory(Path.of(environment.getProperty(PROPERTY, "data")));
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * The named directory below this one, created where it is missing.
     *
     * @throws StartFailure if it cannot be created
     */
    public Path directory(String name) {
        Path directory = resolve(name);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StartFailure(
                    "No se puede crear el directorio " + directory + ".",
                    "Revise los permisos y el espacio en disco, o indique otro directorio con PREGONERO_DATA.",
                    e);
        }
    }
}
