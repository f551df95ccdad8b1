package org.pregonero.dispatcher.delivery.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.delivery.Acknowledgements;
import org.pregonero.dispatcher.delivery.Acknowledgements.Figures;
import org.pregonero.dispatcher.delivery.Acknowledgements.Reader;
import org.pregonero.dispatcher.delivery.Acknowledgements.Standing;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.runtime.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Who has acknowledged an occurrence's notice. */
@RestController
@RequestMapping("/api/v1/occurrences/{id}/acknowledgements")
class AcknowledgementController {

    private final Acknowledgements acknowledgements;
    private final Occurrences occurrences;

    AcknowledgementController(Acknowledgements acknowledgements, Occurrences occurrences) {
        this.acknowledgements = acknowledgements;
        this.occurrences = occurrences;
    }

    /** @param next what to pass as {@code after} for the following page; null on the last one */
    record View(
            Figures figures, List<Reader> readers, @Nullable Long next) {}

    @GetMapping
    View view(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Standing standing,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        if (occurrences.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "Ese envío no existe.");
        }
        var readers = Slice.of(limit, size -> acknowledgements.readers(id, standing, after, size), Reader::delivery);
        return new View(acknowledgements.figures(id), readers.rows(), readers.next());
    }
}
