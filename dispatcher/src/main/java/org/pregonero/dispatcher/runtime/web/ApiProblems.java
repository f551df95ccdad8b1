package org.pregonero.dispatcher.runtime.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.net.URI;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * What a caller of the HTTP API is told when a request cannot be answered: problem details (RFC 9457), in Spanish,
 * without a word about the inside. A page that fails is none of its business and goes to the error page.
 *
 * <p>A module that has more to say about its own exceptions handles them in an advice of a higher precedence.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 10)
class ApiProblems {

    private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> explain(Exception failure, HttpServletRequest request) throws Exception {
        boolean security = failure instanceof AccessDeniedException || failure instanceof AuthenticationException;
        boolean hungUp = DisconnectedClientHelper.isClientDisconnectedException(failure);
        if (security || hungUp || !isForPrograms(request)) {
            throw failure;
        }
        HttpStatusCode status = statusOf(failure);
        if (status.is5xxServerError()) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detailOf(failure, status));
        problem.setTitle(titleOf(status));
        problem.setInstance(URI.create(request.getRequestURI()));
        HttpHeaders headers = new HttpHeaders();
        if (failure instanceof ErrorResponse response) {
            headers.putAll(response.getHeaders());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, headers, status);
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    private static HttpStatusCode statusOf(Exception failure) {
        if (failure instanceof MaxUploadSizeExceededException) {
            return HttpStatus.CONTENT_TOO_LARGE;
        }
        if (UnstorableText.causes(failure)) {
            return HttpStatus.BAD_REQUEST;
        }
        if (failure instanceof ErrorResponse response) {
            return response.getStatusCode();
        }
        if (failure instanceof HttpMessageNotReadableException
                || failure instanceof MethodArgumentTypeMismatchException
                || failure instanceof ConstraintViolationException
                || failure instanceof MultipartException) {
            return HttpStatus.BAD_REQUEST;
        }
        return HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static String detailOf(Exception failure, HttpStatusCode status) {
        if (failure instanceof MaxUploadSizeExceededException) {
            return "El archivo es demasiado grande: se aceptan archivos de hasta 20 MB.";
        }
        if (UnstorableText.causes(failure)) {
            return UnstorableText.EXPLANATION;
        }
        if (failure instanceof HttpMessageNotReadableException) {
            return "El cuerpo de la solicitud no es un JSON válido para esta operación.";
        }
        if (failure instanceof HttpMediaTypeNotSupportedException unsupported) {
            MediaType type = unsupported.getContentType();
            return "El tipo de contenido «" + (type == null ? "" : type.getType() + "/" + type.getSubtype())
                    + "» no se acepta aquí.";
        }
        if (failure instanceof HttpRequestMethodNotSupportedException unsupported) {
            return "El método " + unsupported.getMethod() + " no se acepta en esta dirección.";
        }
        if (failure instanceof MissingServletRequestPartException missing) {
            return "Falta la parte «" + missing.getRequestPartName() + "» del formulario.";
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return "Falta el parámetro «" + missing.getParameterName() + "».";
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return "El valor del parámetro «" + mismatch.getName() + "» no es válido.";
        }
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return invalid.getBindingResult().getFieldErrors().stream()
                    .map(error -> error.getField() + ": " + error.getDefaultMessage())
                    .sorted()
                    .collect(Collectors.joining("; ", "Hay campos por corregir: ", "."));
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return invalid.getParameterValidationResults().stream()
                    .map(result -> result.getMethodParameter().getParameterName() + ": "
                            + result.getResolvableErrors().get(0).getDefaultMessage())
                    .sorted()
                    .collect(Collectors.joining("; ", "Hay parámetros por corregir: ", "."));
        }
        if (failure instanceof NoResourceFoundException || failure instanceof NoHandlerFoundException) {
            return "No existe esa dirección en la API.";
        }
        if (status.is5xxServerError()) {
            return "Ocurrió un error inesperado. El administrador puede ver el detalle en el registro.";
        }
        String reason = reasonOf(failure);
        return reason != null ? reason : "La solicitud no se puede atender.";
    }

    /** The reason that our own code gave when it threw a {@code ResponseStatusException}. */
    private static @Nullable String reasonOf(Exception failure) {
        return failure instanceof org.springframework.web.server.ResponseStatusException status
                ? status.getReason()
                : null;
    }

    private static String titleOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "Solicitud inválida";
            case 401 -> "Falta autenticación";
            case 403 -> "Sin permiso";
            case 404 -> "No encontrado";
            case 405 -> "Método no permitido";
            case 406 -> "Formato no disponible";
            case 409 -> "Conflicto";
            case 413 -> "Archivo demasiado grande";
            case 415 -> "Tipo de contenido no aceptado";
            case 422 -> "Datos inválidos";
            default -> status.is5xxServerError() ? "Error interno" : "Solicitud inválida";
        };
    }
}
