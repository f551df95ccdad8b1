package org.pregonero.dispatcher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class PregoneroApplication {

    public static void main(String[] args) {
        SpringApplication.run(PregoneroApplication.class, args);
    }
}
