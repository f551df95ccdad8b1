package org.pregonero.dispatcher.institution.web;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institution;

/** The institution as typed into the settings page: all but the logo, which comes as a file. */
record InstitutionForm(
        long version,

        @NotBlank(message = "{institution.name.missing}") @Size(max = 200, message = "{institution.name.long}")
        String name,

        @NotNull(message = "{institution.color.wrong}")
        @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "{institution.color.wrong}")
        String primaryColor,

        @NotNull(message = "{institution.color.wrong}")
        @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "{institution.color.wrong}")
        String accentColor,

        @NotBlank(message = "{institution.postalAddress.missing}")
        @Size(max = 300, message = "{institution.postalAddress.long}")
        String postalAddress,

        @Nullable @Pattern(regexp = "(https?://\\S{1,300})?", message = "{institution.website.wrong}")
        String website,

        @NotBlank(message = "{institution.email.missing}") @Email(message = "{institution.email.wrong}")
        String email,

        @NotBlank(message = "{institution.notice.missing}") @Size(max = 1000, message = "{institution.notice.long}")
        String dataProtectionNotice,

        @NotNull(message = "{institution.zone.missing}") ZoneId zone,
        @Nullable Boolean selfApproval,

        @Nullable @Size(max = 100, message = "{institution.senderName.long}")
        String senderName,

        @Nullable @Email(message = "{institution.email.wrong}")
        String replyTo) {

    static InstitutionForm of(Institution known) {
        return new InstitutionForm(
                known.version() == null ? 0 : known.version(),
                known.name(),
                known.primaryColor(),
                known.accentColor(),
                known.postalAddress(),
                known.website(),
                known.email(),
                known.dataProtectionNotice(),
                known.zone(),
                known.selfApproval(),
                known.senderName(),
                known.replyTo());
    }

    Institution institution(@Nullable String logo) {
        return new Institution(
                name.strip(),
                logo,
                primaryColor,
                accentColor,
                postalAddress.strip(),
                orNull(website),
                email.strip(),
                // a browser ends lines its own way; that alone is no other wording
                dataProtectionNotice.replace("\r\n", "\n").strip(),
                zone,
                selfApproval != null && selfApproval,
                orNull(senderName),
                orNull(replyTo),
                version);
    }

    private static @Nullable String orNull(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
