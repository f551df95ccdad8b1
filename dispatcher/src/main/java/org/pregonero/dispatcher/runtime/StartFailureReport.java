package org.pregonero.dispatcher.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Tells in Spanish why the application did not start. Takes the place of Spring Boot's own, which logback silences. */
class StartFailureReport implements FailureAnalysisReporter {

    private static final Logger log = LoggerFactory.getLogger(StartFailureReport.class);

    @Override
    public void report(FailureAnalysis analysis) {
        // Not through the log alone: a failure this early may come before the log is set up.
        System.err.println("Pregonero no pudo iniciar.");
        System.err.println("  " + analysis.getDescription());
        if (analysis.getAction() != null) {
            System.err.println("  " + analysis.getAction());
        }
        log.info("The start failed: {}", analysis.getDescription(), analysis.getCause());
    }
}
