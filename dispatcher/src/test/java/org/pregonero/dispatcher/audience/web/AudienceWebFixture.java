package org.pregonero.dispatcher.audience.web;

import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.audience.ContactImport;
import org.pregonero.dispatcher.tabular.web.TabularWebFixture;
import org.springframework.test.web.servlet.MockMvc;

/** The module's own controllers over HTTP, without the rest of the application. */
public final class AudienceWebFixture {

    private AudienceWebFixture() {}

    public static MockMvc mvc(ContactImport contactImport, Audiences audiences) {
        return TabularWebFixture.mvc(new ContactImportController(contactImport), new AudienceController(audiences));
    }
}
