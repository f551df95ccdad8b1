package org.pregonero.dispatcher.runtime;

import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person at the terminal what runs and where. */
@Component
class StartReport {

    private static final Logger terminal = LoggerFactory.getLogger("org.pregonero.terminal");

    private final ObjectProvider<StartLine> lines;
    private final ApplicationContext context;

    StartReport(ObjectProvider<StartLine> lines, ApplicationContext context) {
        this.lines = lines;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        terminal.info("Pregonero está en marcha.");
        lines.stream()
                .sorted(Comparator.comparingInt(StartLine::order))
                .forEach(line -> terminal.info("  {}", line.text().get()));
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            terminal.info("Deteniendo Pregonero en orden…");
        }
    }
}
