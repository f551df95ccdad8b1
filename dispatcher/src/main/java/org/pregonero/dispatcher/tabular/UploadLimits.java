package org.pregonero.dispatcher.tabular;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How large an upload the server takes in before it hangs up. Three times what is read, so that somebody whose file is
 * too large gets an answer that says so instead of a broken connection; it waits on disk, not in memory.
 */
@Configuration(proxyBeanMethods = false)
class UploadLimits {

    private static final long TAKEN_IN = 3L * TableReader.MAX_BYTES;

    @Bean
    MultipartConfigElement multipartConfigElement() {
        return new MultipartConfigElement("", TAKEN_IN, TAKEN_IN + 1024 * 1024, 64 * 1024);
    }
}
