package org.pregonero.dispatcher.institution;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.Identity;
import org.pregonero.templates.InlineImage;
import org.pregonero.templates.Sender;

/**
 * The institution.
 *
 * @param logo PNG or JPEG in Base64, or null
 * @param primaryColor of headings and bars, {@code #rrggbb}
 * @param accentColor of buttons, {@code #rrggbb}
 * @param zone in which its dates are written and its hours counted
 * @param selfApproval whether a person may approve an own message, for an office of one; until it is set, whether there is
 *     but one account that may approve
 * @param senderName shown as the sender of its mails, or null for the one of the mail settings
 * @param replyTo where answers to its mails go, or null for the one of the mail settings
 * @param version that a change was made from; null changes whatever is there
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
        boolean selfApproval,
        @Nullable @Size(max = 100) String senderName,
        @Nullable @Email String replyTo,
        @Nullable Long version) {

    /** As the layouts of messages need it. */
    public Identity identity() {
        return new Identity(
                name,
                logoImage(),
                primaryColor,
                accentColor,
                postalAddress,
                website,
                email,
                dataProtectionNotice,
                new Sender(senderName, replyTo));
    }

    /** All but the picture, for the audit trail. */
    public Institution withoutLogo() {
        return withLogo(null);
    }

    public Institution withLogo(@Nullable String other) {
        return new Institution(
                name,
                other,
                primaryColor,
                accentColor,
                postalAddress,
                website,
                email,
                dataProtectionNotice,
                zone,
                selfApproval,
                senderName,
                replyTo,
                version);
    }

    private @Nullable InlineImage logoImage() {
        if (logo == null) {
            return null;
        }
        var bytes = Logo.decoded(logo);
        return new InlineImage("logo", Logo.mediaType(bytes), bytes);
    }
}
