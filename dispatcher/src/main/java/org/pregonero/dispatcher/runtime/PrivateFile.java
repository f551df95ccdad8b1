package org.pregonero.dispatcher.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A file that only its owner may read, and that is either there in full or not at all. */
public record PrivateFile(Path path) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** 256 random bits, in letters, digits, '-' and '_' only. */
    public static String randomSecret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret kept in this file; generated and written first where the file is missing. */
    public String secret() throws IOException {
        if (Files.notExists(path)) {
            write(randomSecret());
        }
        return Files.readString(path).strip();
    }

    public void write(String content) throws IOException {
        Files.createDirectories(parent());
        Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = create(unfinished)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        // The new name must survive a power cut as well as the content.
        try (FileChannel directory = FileChannel.open(parent())) {
            directory.force(true);
        }
    }

    /** A directory that only its owner may look into. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions("rwx------"));
    }

    /** Makes a file that only its owner may read, to be written to. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions("rw-------"));
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private Path parent() {
        return path.toAbsolutePath().resolve("..").normalize();
    }
}
