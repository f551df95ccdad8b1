package org.pregonero.dispatcher.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.pregonero.dispatcher.runtime.StartFailure;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path once and kept. */
record PostgresBinaries(Path home) {

    private static final int OWNER_EXECUTE = 0100;

    /** Unpacks into a sub-directory of {@code parent} named after the archive's digest, unless it is there already. */
    static PostgresBinaries unpackedBelow(Path parent) throws IOException {
        String archive = archiveOfThisMachine();
        Path home = parent.resolve(digest(archive));
        if (Files.exists(home)) {
            return new PostgresBinaries(home);
        }
        Files.createDirectories(parent);
        // Another process that comes second waits instead of doing the same.
        try (var lock = FileChannel.open(parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (Files.notExists(home)) {
                // Unpacked aside and renamed: a start that was killed half-way leaves nothing that looks complete.
                Path unfinished = Files.createTempDirectory(parent, "unpacking-");
                unpack(archive, unfinished);
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return new PostgresBinaries(home);
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static String archiveOfThisMachine() {
        String os = System.getProperty("os.name", "");
        String architecture =
                switch (System.getProperty("os.arch", "")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> "";
                };
        String archive = "postgres-linux-" + architecture + ".txz";
        if (!os.equals("Linux") || PostgresBinaries.class.getResource("/" + archive) == null) {
            throw new StartFailure(
                    "No hay un PostgreSQL incluido para este sistema (" + os + ", " + System.getProperty("os.arch")
                            + ").",
                    "Instale PostgreSQL 16 o posterior e indíquelo con PREGONERO_DATABASE_URL,"
                            + " PREGONERO_DATABASE_USER y PREGONERO_DATABASE_PASSWORD.");
        }
        return archive;
    }

    private static InputStream open(String archive) throws IOException {
        InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new IOException(archive + " is not on the class path");
        }
        return new BufferedInputStream(stream, 1 << 16);
    }

    private static String digest(String archive) throws IOException {
        try (var stream = open(archive)) {
            return DigestUtils.sha256Hex(stream).substring(0, 16);
        }
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("Entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.resolve("..").normalize());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(path, target.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & OWNER_EXECUTE) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
