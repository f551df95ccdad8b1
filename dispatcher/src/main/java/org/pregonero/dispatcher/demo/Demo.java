package org.pregonero.dispatcher.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Runs the sample from start to end: {@code demo [--summary=FILE]} at the command line. */
public final class Demo {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private static final String SUMMARY = "--summary=";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FOR_STOPPING = Duration.ofSeconds(45);

    private final Class<?> application;
    private final PrintStream out;
    private final long started = System.nanoTime();

    private Demo(Class<?> application, PrintStream out) {
        this.application = application;
        this.out = out;
    }

    /** Whether the command line asks for the sample. */
    public static boolean isAskedFor(String... arguments) {
        return arguments.length > 0 && "demo".equals(arguments[0]);
    }

    /**
     * Runs the sample; nothing of it is left running afterwards.
     *
     * @return the exit status of the process: 0 when everything went out
     */
    public static int run(Class<?> application, String... arguments) {
        // whatever the terminal's locale, as the log's lines for it
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Demo(application, out).run(Arrays.asList(arguments));
    }

    private int run(List<String> arguments) {
        var summaryFile = arguments.stream()
                .filter(argument -> argument.startsWith(SUMMARY))
                .map(argument -> Path.of(argument.substring(SUMMARY.length())).toAbsolutePath())
                .findFirst()
                .orElse(null);
        var watch = watch();
        try {
            forget(summaryFile);
            out.println("Demostración de Pregonero: nada sale de esta máquina.");
            out.println("Preparando una base de datos y una cola de mensajes propias…");
            var data = new SealedSettings(System.getenv("PREGONERO_DATA"));
            try (var context = start(data)) {
                return show(context, summaryFile);
            }
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (IOException e) {
            return failed("No se pudo leer o escribir un archivo: " + e.getMessage(), e);
        } catch (DemoFailure e) {
            return failed(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            return failed("Error inesperado: " + e.getMessage(), e);
        } finally {
            watch.cancel();
        }
    }

    private ConfigurableApplicationContext start(SealedSettings settings) {
        var spring = new SpringApplication(application);
        spring.setEnvironment(settings.environment());
        spring.addInitializers(context -> {
            if (context instanceof GenericApplicationContext beans) {
                beans.registerBean(EmptyStart.class);
                beans.registerBean(Intake.class);
                beans.registerBean(Invitation.class);
                beans.registerBean(Outcome.class);
                beans.registerBean(Reactions.class);
            }
        });
        try {
            return spring.run(settings.arguments());
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            // the reason is on the terminal already
            throw new DemoFailure("La demostración no pudo empezar.", e);
        }
    }

    private int show(ConfigurableApplicationContext context, @Nullable Path summaryFile) throws IOException {
        var ready = context.getBean(Intake.class).run(out);
        var reactions = context.getBean(Reactions.class);
        reactions.prepare();
        var sent = context.getBean(Invitation.class).send(ready);
        out.println("Enviando por todos los canales…");
        var outcome = context.getBean(Outcome.class);
        new Progress(outcome, out).untilFinished(sent, PATIENCE.minus(elapsed()));
        var summary = outcome.summary(sent.all(), reactions.of(sent, ready), elapsed());
        new Epilogue(outcome, out).tell(summary);
        if (summaryFile != null) {
            Files.writeString(summaryFile, summary.json());
            out.println("Resumen en JSON: " + summaryFile);
        }
        if (!summary.complete()) {
            throw new DemoFailure("No todo salió: mire la tabla de arriba.");
        }
        return 0;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** What is there after a failure must not pass for the result of this run. */
    private static void forget(@Nullable Path summaryFile) throws IOException {
        if (summaryFile != null) {
            Files.createDirectories(summaryFile.resolveSibling(""));
            Files.deleteIfExists(summaryFile);
        }
    }

    private int failed(String problem, Exception reason) {
        log.info("The demo failed", reason);
        out.flush();
        System.err.println();
        System.err.println(problem);
        System.err.println("El detalle está en demo/logs/pregonero.log, dentro del directorio de datos.");
        return 1;
    }

    /** Ends the process when even the start, or the stop, does not come to an end. */
    private static Timer watch() {
        var timer = new Timer("demo-watch", true);
        timer.schedule(
                after(() -> {
                    System.err.println();
                    System.err.println(
                            "La demostración no terminó en " + PATIENCE.toMinutes() + " minutos; se detiene.");
                    // the shutdown hooks stop what was started, but this thread must not wait for them
                    timer.schedule(after(() -> Runtime.getRuntime().halt(1)), FOR_STOPPING.toMillis());
                    new Thread(() -> System.exit(1), "demo-exit").start();
                }),
                PATIENCE.plusSeconds(15).toMillis());
        return timer;
    }

    private static TimerTask after(Runnable task) {
        return new TimerTask() {
            @Override
            public void run() {
                task.run();
            }
        };
    }
}
