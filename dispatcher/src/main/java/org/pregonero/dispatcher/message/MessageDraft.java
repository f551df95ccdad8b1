package org.pregonero.dispatcher.message;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Audiences;

/**
 * What a person wrote, to become a version of a message.
 *
 * @param title how the office calls it; recipients do not see it
 * @param purpose for which people gave their authorisation; null means {@link Audiences#DEFAULT_PURPOSE}
 * @param audiences names of audiences; may be empty where every channel is an outlet
 * @param eventId the plan's event that it is about, or null
 * @param channels by channel code
 * @param cascade which of the channels are tried one after the other; null means that each is used for everybody
 */
public record MessageDraft(
        @NotBlank @Size(max = 200) String title,
        @Nullable @Size(max = 100) String purpose,
        @Nullable @Size(max = 100) List<@NotBlank String> audiences,
        @Nullable Long eventId,
        @NotEmpty @Size(max = 30) Map<String, @Valid @NotNull ChannelPlan> channels,
        @Nullable @Valid Cascade cascade) {

    @Override
    public String purpose() {
        return purpose == null || purpose.isBlank() ? Audiences.DEFAULT_PURPOSE : purpose.strip();
    }

    @Override
    public List<String> audiences() {
        return audiences == null ? List.of() : audiences;
    }
}
