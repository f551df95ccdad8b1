package org.pregonero.channels.poster;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Brings in the poster channel when {@code pregonero.channels.poster.directory} is set. */
@AutoConfiguration
@Conditional(PosterAutoConfiguration.DirectoryIsSet.class)
public class PosterAutoConfiguration {

    @Bean
    PosterAdapter posterAdapter(Environment environment) {
        return new PosterAdapter(Binder.get(environment)
                .bind(PosterProperties.PREFIX, PosterProperties.class)
                .get());
    }

    /** An empty text counts as not set. */
    static final class DirectoryIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String directory = context.getEnvironment().getProperty(PosterProperties.PREFIX + ".directory");
            return directory != null && !directory.isBlank();
        }
    }
}
