package org.pregonero.dispatcher.runtime.web;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Printed pieces and pictures for everybody to download, below {@code /piezas}: PDF and PNG files only, no listing, nothing outside of it. */
@Configuration(proxyBeanMethods = false)
class PosterFiles implements WebMvcConfigurer {

    private final Path directory;

    PosterFiles(@Value("${pregonero.channels.poster.directory}") Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/piezas/**")
                .addResourceLocations(new FileSystemResource(directory + "/"))
                .resourceChain(false)
                .addResolver(new PiecesOnly());
    }

    private static final class PiecesOnly extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String resourcePath, Resource location) throws IOException {
            return resourcePath.endsWith(".pdf") || resourcePath.endsWith(".png")
                    ? super.getResource(resourcePath, location)
                    : null;
        }
    }
}
