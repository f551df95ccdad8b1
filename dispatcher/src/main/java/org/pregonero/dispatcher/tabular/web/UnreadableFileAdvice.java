package org.pregonero.dispatcher.tabular.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a file that cannot be used as an RFC 9457 problem: the status for programs, the detail for people. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableFileAdvice {

    private final Texts texts = new Texts("tabular");

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(UnreadableFileException e, HttpServletRequest request) {
        HttpStatus status =
                switch (e.kind()) {
                    case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
                    case NOT_A_TABLE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
                    case NOT_UNDERSTOOD -> HttpStatus.UNPROCESSABLE_CONTENT;
                };
        Locale locale = locale(request);
        return problem(status, locale, e.say(locale));
    }

    private ResponseEntity<ProblemDetail> problem(HttpStatus status, Locale locale, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(texts.say(Notice.of("title"), locale));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.toLanguageTag())
                .body(problem);
    }

    private static Locale locale(HttpServletRequest request) {
        return Texts.locale(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
