package org.pregonero.dispatcher.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Applies when a property is absent or empty: an empty environment variable means that there is none. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(WhenUnset.Unset.class)
@interface WhenUnset {

    String value();

    final class Unset implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Map<String, ?> attributes = metadata.getAnnotationAttributes(WhenUnset.class.getName());
            return attributes != null
                    && !StringUtils.hasText(
                            context.getEnvironment().getProperty(String.valueOf(attributes.get("value"))));
        }
    }
}
