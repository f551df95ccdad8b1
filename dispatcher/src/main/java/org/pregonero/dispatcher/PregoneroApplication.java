package org.pregonero.dispatcher;

import org.pregonero.dispatcher.demo.Demo;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class PregoneroApplication {

    public static void main(String[] args) {
        if (Demo.isAskedFor(args)) {
            System.exit(Demo.run(PregoneroApplication.class, args));
        }
        try {
            SpringApplication.run(PregoneroApplication.class, args);
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            // Reported already. No thread that was started on the way may keep the process from ending.
            System.exit(1);
        }
    }
}
