package org.pregonero.channels.poster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** Files under one directory, each whole or not there at all. */
final class PosterStore {

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern UNPORTABLE = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final String PDF = ".pdf";
    private static final String PNG = ".png";
    private static final int LONGEST_NAME = 100;
    /** In bytes; most are smaller. */
    private static final int A_POSTER = 1 << 20;

    private final Path directory;

    PosterStore(Path directory) {
        this.directory = directory;
    }

    /**
     * A name that every file system and every address takes, and that leads nowhere else: no separators, no leading dot,
     * a document's or a picture's extension.
     */
    static String portable(String fileName) {
        String plain = ACCENTS.matcher(Normalizer.normalize(fileName, Normalizer.Form.NFD))
                .replaceAll("");
        String name = UNPORTABLE.matcher(plain).replaceAll("-").replaceAll("^[.-]+", "");
        String extension = name.toLowerCase(Locale.ROOT).endsWith(PNG) ? PNG : PDF;
        if (name.toLowerCase(Locale.ROOT).endsWith(extension)) {
            name = name.substring(0, name.length() - extension.length());
        }
        if (name.length() > LONGEST_NAME) {
            name = name.substring(0, LONGEST_NAME);
        }
        return (name.isEmpty() ? "afiche" : name) + extension;
    }

    /**
     * Writes beside the final place, moves it there in one step, and forces all of it to the disk.
     *
     * @return SHA-256 of what can then be read
     */
    String write(UUID token, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(token.toString()));
        Path unfinished = Files.createTempFile(folder, ".", ".tmp");
        try {
            writeToDisk(unfinished, bytes);
            makeReadable(unfinished);
            Files.move(
                    unfinished,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            // the names must survive a power cut as well as the bytes
            for (Path named : List.of(folder, directory)) {
                try (FileChannel names = FileChannel.open(named)) {
                    names.force(true);
                }
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
        String written = DigestUtils.sha256Hex(bytes);
        if (!hashOf(token, name).map(written::equals).orElse(false)) {
            throw new IOException("Read back something else");
        }
        return written;
    }

    /** SHA-256 of the file, or empty when there is none. */
    Optional<String> hashOf(UUID token, String name) throws IOException {
        Path file = directory.resolve(token.toString()).resolve(name);
        return Files.isRegularFile(file)
                ? Optional.of(DigestUtils.sha256Hex(Files.readAllBytes(file)))
                : Optional.empty();
    }

    /** Whether a poster could be written now; leaves none behind. On a full disk there is still room for an empty file. */
    void probe() throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, ".", ".tmp");
        try {
            writeToDisk(file, new byte[A_POSTER]);
        } finally {
            Files.delete(file);
        }
    }

    private static void writeToDisk(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** A temporary file is its owner's alone; a web server may have to read this one. */
    private static void makeReadable(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }
}
