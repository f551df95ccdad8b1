package org.pregonero.dispatcher.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pregonero.dispatcher.runtime.PrivateFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulators of telephones and networks took, one JSON file each, and the pictures that came with it. The
 * files outlive the process; only their owner may read them. Their names sort by time and end in the channel.
 */
public final class Outbox {

    private static final Pattern ID = Pattern.compile("\\d{13}-\\d{6}-[A-Z]+");
    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final AtomicLong sequence = new AtomicLong();

    /** @param directory is made with the first file */
    public Outbox(Path directory) {
        this.directory = directory;
    }

    /** A name for something new. */
    String nextId(Instant at, String channel) {
        return String.format(
                Locale.ROOT, "%013d-%06d-%s", at.toEpochMilli(), sequence.incrementAndGet() % 1_000_000, channel);
    }

    /** Writes it, or writes it again with its new state. */
    void keep(String id, Object content) {
        write(directory.resolve(id + SUFFIX), JSON.writeValueAsBytes(content));
    }

    public <T> Optional<T> read(String id, Class<T> type) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(directory.resolve(id + SUFFIX)), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all that is kept, newest first. */
    public List<String> ids() {
        return names(directory, SUFFIX);
    }

    /** What is kept for one of the channels, newest first. */
    public <T> Stream<T> newest(Set<String> channels, Class<T> type) {
        return ids().stream().filter(id -> channels.contains(channelOf(id))).flatMap(id -> read(id, type).stream());
    }

    /** The channel at the end of a name. */
    public static String channelOf(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    /** When it was taken. */
    public static Instant timeOf(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 13)));
    }

    void keepPicture(String id, byte[] picture) {
        write(picture(id), picture);
    }

    /** @param id digits, as a simulator gave it out */
    public Optional<byte[]> readPicture(String id) {
        if (!id.matches("\\d{1,20}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(picture(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path picture(String id) {
        return directory.resolve("pictures").resolve(id);
    }

    static List<String> names(Path directory, String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, byte[] content) {
        try {
            PrivateFile.createDirectories(file.resolveSibling(".").normalize());
            Path unfinished = file.resolveSibling(file.getFileName() + "." + sequence.incrementAndGet() + ".part");
            try (var out = Channels.newOutputStream(PrivateFile.create(unfinished))) {
                out.write(content);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
