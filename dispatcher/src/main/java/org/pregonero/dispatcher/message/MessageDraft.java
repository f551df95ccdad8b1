package org.pregonero.dispatcher.message;

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
 */
public record MessageDraft(
        String title,
        @Nullable String purpose,
        @Nullable List<String> audiences,
        @Nullable Long eventId,
        Map<String, ChannelPlan> channels) {

    @Override
    public String purpose() {
        return purpose == null || purpose.isBlank() ? Audiences.DEFAULT_PURPOSE : purpose.strip();
    }

    @Override
    public List<String> audiences() {
        return audiences == null ? List.of() : audiences;
    }
}
