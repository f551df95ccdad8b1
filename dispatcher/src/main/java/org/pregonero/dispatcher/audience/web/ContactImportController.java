package org.pregonero.dispatcher.audience.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.audience.ContactImport;
import org.pregonero.dispatcher.audience.ImportOptions;
import org.pregonero.dispatcher.audience.ImportProblem;
import org.pregonero.dispatcher.audience.ImportReport;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes in contact lists. */
@RestController
@RequestMapping("/api/v1/contacts/imports")
class ContactImportController {

    private final ContactImport contactImport;
    private final Texts texts = new Texts("audience");

    ContactImportController(ContactImport contactImport) {
        this.contactImport = contactImport;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Answer importList(
            @RequestPart("file") MultipartFile file,
            @RequestParam(defaultValue = "true") boolean apply,
            @RequestParam(defaultValue = Audiences.DEFAULT_PURPOSE) String purpose,
            @RequestParam(required = false) @Nullable String evidence,
            @RequestParam(name = "authorized_on", required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable
                    LocalDate authorisedOn,
            @RequestParam(defaultValue = "false") boolean staff,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String language)
            throws IOException {
        @Nullable String proof = evidence == null || evidence.isBlank() ? null : evidence.strip();
        ImportReport report = contactImport.run(
                new UploadedFile(String.valueOf(file.getOriginalFilename()), file.getBytes()),
                new ImportOptions(apply, purpose, proof, authorisedOn, staff));
        return answer(report, Texts.locale(language));
    }

    private Answer answer(ImportReport report, Locale locale) {
        return new Answer(
                report.rows(),
                report.blankRows(),
                report.people(),
                report.mergedRows(),
                report.invalidEmail(),
                report.invalidPhone(),
                report.withoutAnyAddress(),
                report.withoutAuthorization(),
                report.contactableEmail(),
                report.contactablePhone(),
                report.problems().stream()
                        .map(problem -> Problem.of(problem, texts, locale))
                        .toList(),
                report.problemsTotal(),
                report.columns(),
                report.encoding(),
                report.separator(),
                report.applied(),
                report.created(),
                report.updated());
    }

    record Answer(
            int rows,
            @JsonProperty("blank_rows") int blankRows,
            int people,
            @JsonProperty("merged_rows") int mergedRows,
            @JsonProperty("invalid_email") int invalidEmail,
            @JsonProperty("invalid_phone") int invalidPhone,
            @JsonProperty("without_any_address") int withoutAnyAddress,
            @JsonProperty("without_authorization") int withoutAuthorization,
            @JsonProperty("contactable_email") int contactableEmail,
            @JsonProperty("contactable_phone") int contactablePhone,
            List<Problem> problems,
            @JsonProperty("problems_total") int problemsTotal,
            Map<String, String> columns,
            String encoding,
            String separator,
            boolean applied,
            int created,
            int updated) {}

    record Problem(int row, String column, String value, String reason) {
        static Problem of(ImportProblem problem, Texts texts, Locale locale) {
            return new Problem(problem.row(), problem.column(), problem.value(), texts.say(problem.reason(), locale));
        }
    }
}
