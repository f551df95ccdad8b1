package org.pregonero.templates;

import org.jspecify.annotations.Nullable;

/**
 * The visual and legal identity of the institution.
 *
 * @param name full name
 * @param logo PNG or JPEG, or null
 * @param primaryColor CSS colour {@code #rrggbb} of headings and bars
 * @param accentColor CSS colour {@code #rrggbb} of buttons
 * @param postalAddress one line
 * @param website address of its site, or null
 * @param email where people can write to
 * @param dataProtectionNotice short text with the purpose of the data and how to exercise one's rights
 * @param sender as whom its mails present themselves, or null for what the settings say
 */
public record Identity(
        String name,
        @Nullable InlineImage logo,
        String primaryColor,
        String accentColor,
        String postalAddress,
        @Nullable String website,
        String email,
        String dataProtectionNotice,
        @Nullable Sender sender) {}
