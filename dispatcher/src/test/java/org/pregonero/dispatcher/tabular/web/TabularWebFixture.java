package org.pregonero.dispatcher.tabular.web;

import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Controllers over HTTP with the answers to unreadable files, without the rest of the application. */
public final class TabularWebFixture {

    private TabularWebFixture() {}

    public static MockMvc mvc(Object... controllers) {
        return MockMvcBuilders.standaloneSetup(controllers)
                .setControllerAdvice(new UnreadableFileAdvice())
                .build();
    }
}
