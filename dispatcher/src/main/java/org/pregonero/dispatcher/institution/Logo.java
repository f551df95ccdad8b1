package org.pregonero.dispatcher.institution;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.pregonero.dispatcher.runtime.FileKind;

/** Which pictures may be the logo: what they are is told from their content, never from a name. */
public final class Logo {

    /** It goes with every mail. */
    public static final int MOST_BYTES = 500_000;

    public static final int MOST_PIXELS = 2_000;

    private Logo() {}

    /** Why a picture was refused: {@code type}, {@code bytes}, {@code pixels} or {@code broken}. */
    public static final class RefusedException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** @throws IllegalArgumentException when it is not Base64 */
    static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** @throws RefusedException when it is neither PNG nor JPEG */
    public static String mediaType(byte[] bytes) {
        return FileKind.of(bytes)
                .filter(EnumSet.of(FileKind.PNG, FileKind.JPEG)::contains)
                .orElseThrow(() -> new RefusedException("type"))
                .mediaType();
    }

    /** @throws RefusedException when mails and posters could not show it */
    public static void check(byte[] bytes) {
        var format = mediaType(bytes).substring("image/".length());
        if (bytes.length > MOST_BYTES) {
            throw new RefusedException("bytes");
        }
        // The size is read first: a small file can claim to be a picture that fills the memory.
        var reader = ImageIO.getImageReadersByFormatName(format.toUpperCase(Locale.ROOT))
                .next();
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) > MOST_PIXELS || reader.getHeight(0) > MOST_PIXELS) {
                throw new RefusedException("pixels");
            }
            reader.read(0);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("broken");
        } finally {
            reader.dispose();
        }
    }
}
