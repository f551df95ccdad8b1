package org.pregonero.dispatcher.tabular.web;

import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.springframework.core.MethodParameter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Controllers over HTTP with the answers to unreadable files, without the rest of the application. */
public final class TabularWebFixture {

    private TabularWebFixture() {}

    public static MockMvc mvc(Object... controllers) {
        return MockMvcBuilders.standaloneSetup(controllers)
                .setControllerAdvice(new UnreadableFileAdvice())
                .setCustomArgumentResolvers(new AnyActor())
                .build();
    }

    /** Whoever asks is the system itself. */
    private static final class AnyActor implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Actor.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer model,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return Actor.SYSTEM;
        }
    }
}
