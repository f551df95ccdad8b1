package org.pregonero.dispatcher.sandbox.web;

import java.util.Set;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IModelFactory;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/** Says on top of every page, without its knowing, that nothing leaves the machine. */
@Component
@ConditionalOnBean(Sandbox.class)
class SandboxBanner implements IPostProcessorDialect {

    private static final int AFTER_EVERYTHING_ELSE = 10_000;

    @Override
    public String getName() {
        return "sandbox banner";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return AFTER_EVERYTHING_ELSE;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Below.class, AFTER_EVERYTHING_ELSE));
    }

    /** Writes the banner below the opening of the body. Made anew by Thymeleaf for every page. */
    public static final class Below extends AbstractTemplateHandler {

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            super.handleOpenElement(tag);
            if (tag.getElementCompleteName().equalsIgnoreCase("body")) {
                write();
            }
        }

        private void write() {
            ITemplateContext context = getContext();
            IModelFactory model = context.getModelFactory();
            super.handleOpenElement(model.createOpenElementTag("aside", "class", "sandbox-banner"));
            super.handleText(model.createText(say(context, "sandbox.banner") + " "));
            if (readsThere(context)) {
                super.handleOpenElement(model.createOpenElementTag("a", "href", context.buildLink("/sandbox", null)));
                super.handleText(model.createText(say(context, "sandbox.banner.link")));
                super.handleCloseElement(model.createCloseElementTag("a"));
            }
            super.handleCloseElement(model.createCloseElementTag("aside"));
        }

        /** Asked as templates ask it, so that the sandbox need not know of accounts. */
        private static boolean readsThere(ITemplateContext context) {
            return Boolean.TRUE.equals(StandardExpressions.getExpressionParser(context.getConfiguration())
                    .parseExpression(context, "${may?.read()}")
                    .execute(context));
        }

        private static String say(ITemplateContext context, String key) {
            return context.getMessage(null, key, new Object[0], true);
        }
    }
}
