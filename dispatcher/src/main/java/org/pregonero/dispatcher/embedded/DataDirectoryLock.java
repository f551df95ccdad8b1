package org.pregonero.dispatcher.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.runtime.DataDirectory;
import org.pregonero.dispatcher.runtime.StartFailure;

/** Keeps a second process away from the embedded servers' files. The system lifts it when this process ends anyhow. */
final class DataDirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataDirectoryLock on(DataDirectory data) {
        Path file = data.directory("postgres").resolve("pregonero.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String holder = read(channel);
                channel.close();
                throw new StartFailure(
                        "Otro Pregonero (proceso " + holder + ") está usando el directorio de datos " + data.path()
                                + ".",
                        "Deténgalo primero, o indique otro directorio con PREGONERO_DATA.");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new StartFailure(
                    "No se puede usar el directorio de datos " + data.path() + ".",
                    "Revise los permisos y el espacio en disco, o indique otro directorio con PREGONERO_DATA.",
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
