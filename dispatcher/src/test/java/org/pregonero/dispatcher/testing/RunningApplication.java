package org.pregonero.dispatcher.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

/**
 * A test of the whole application in its sandbox: real PostgreSQL, AMQP, SMTP and HTTP, simulated providers. All classes
 * that say so share one application, since starting it takes longer than most of their tests; each class finds it empty,
 * with the first administrator and nothing else. The class can take {@code @LocalServerPort} and any bean.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "pregonero.public-url=https://avisos.entidad.example",
            "pregonero.delivery.round=200ms",
            "pregonero.tasks.round=200ms",
            "pregonero.channels.x.read-timeout=3s",
            "pregonero.channels.facebook.read-timeout=3s",
            "db-scheduler.polling-interval=200ms"
        })
@ContextConfiguration(initializers = SharedServers.class)
@TestExecutionListeners(
        listeners = EmptyApplication.class,
        mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface RunningApplication {}
