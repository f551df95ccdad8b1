package org.pregonero.dispatcher.institution;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.Identity;
import org.pregonero.templates.InlineImage;

/**
 * The institution.
 *
 * @param logo PNG or JPEG in Base64, or null
 * @param primaryColor of headings and bars, {@code #rrggbb}
 * @param accentColor of buttons, {@code #rrggbb}
 * @param zone in which its dates are written and its hours counted
 * @param selfApproval whether a person may approve an own message, for an office of one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Institution(
        @NotBlank @Size(max = 200) String name,
        @Nullable @Size(max = 700_000) String logo,
        @NotNull @Pattern(regexp = "#[0-9a-fA-F]{6}") String primaryColor,
        @NotNull @Pattern(regexp = "#[0-9a-fA-F]{6}") String accentColor,
        @NotBlank @Size(max = 300) String postalAddress,
        @Nullable @Pattern(regexp = "https?://\\S{1,300}") String website,
        @NotBlank @Email String email,
        @NotBlank @Size(max = 1000) String dataProtectionNotice,
        @NotNull ZoneId zone,
        boolean selfApproval) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    /** As the layouts of messages need it. */
    public Identity identity() {
        return new Identity(
                name, logoImage(), primaryColor, accentColor, postalAddress, website, email, dataProtectionNotice);
    }

    /** All but the picture, for the audit trail. */
    public Institution withoutLogo() {
        return new Institution(
                name,
                null,
                primaryColor,
                accentColor,
                postalAddress,
                website,
                email,
                dataProtectionNotice,
                zone,
                selfApproval);
    }

    private @Nullable InlineImage logoImage() {
        if (logo == null) {
            return null;
        }
        var bytes = logoBytes(logo);
        return new InlineImage("logo", mediaType(bytes), bytes);
    }

    static byte[] logoBytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /**
     * Tells the type from the content, never from a name.
     *
     * @throws IllegalArgumentException when it is neither PNG nor JPEG
     */
    static String mediaType(byte[] bytes) {
        if (startsWith(bytes, PNG)) {
            return "image/png";
        }
        if (startsWith(bytes, JPEG)) {
            return "image/jpeg";
        }
        throw new IllegalArgumentException("El logo debe ser una imagen PNG o JPEG.");
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length > prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
