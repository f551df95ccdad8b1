package org.pregonero.dispatcher.message.web;

import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.UnknownChannelException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests that cannot be carried out as they are. */
@RestControllerAdvice
@Order(0)
class RefusalAdvice {

    @ExceptionHandler
    ProblemDetail refused(RefusedException refusal) {
        var problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "No se puede así", refusal);
        problem.setProperty("problems", refusal.problems());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException missing) {
        return problem(HttpStatus.NOT_FOUND, "No encontrado", missing);
    }

    @ExceptionHandler
    ProblemDetail unknownChannel(UnknownChannelException unknown) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "No existe ese canal", unknown);
    }

    private static ProblemDetail problem(HttpStatus status, String title, RuntimeException reason) {
        var problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(reason.getMessage()));
        problem.setTitle(title);
        return problem;
    }
}
