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
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(refusal.getMessage()));
        problem.setProperty("problems", refusal.problems());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException missing) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(missing.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail unknownChannel(UnknownChannelException unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(unknown.getMessage()));
    }
}
