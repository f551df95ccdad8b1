package org.pregonero.dispatcher.message.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.Uploads;
import org.pregonero.dispatcher.message.web.Composer.Mistake;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;

/** Takes the files that come with a form. */
@Component
class Attaching {

    private static final String NEW_FILE = ".new";

    private final Contents contents;
    private final Uploads uploads;

    Attaching(Contents contents, Uploads uploads) {
        this.contents = contents;
        this.uploads = uploads;
    }

    /** Keeps what was uploaded; from then on the form carries its name along, so that nothing needs to be sent again. */
    void take(
            MultiValueMap<String, String> typed,
            MultiValueMap<String, MultipartFile> files,
            Actor actor,
            List<Mistake> mistakes)
            throws IOException {
        for (Map.Entry<String, List<MultipartFile>> entry : files.entrySet()) {
            var name = entry.getKey();
            for (var file : entry.getValue()) {
                var field =
                        name.endsWith(NEW_FILE) ? field(name.substring(0, name.length() - NEW_FILE.length())) : null;
                if (field == null || file.isEmpty()) {
                    continue;
                }
                var picture = field.kind() == ContentField.Kind.PICTURE;
                var parameter = name.substring(0, name.length() - NEW_FILE.length());
                try {
                    var kept =
                            uploads.keep(String.valueOf(file.getOriginalFilename()), file.getBytes(), picture, actor);
                    var carried = new ContentJson.Carried(kept.sha256(), kept.mediaType(), kept.fileName()).toString();
                    if (picture) {
                        typed.set(parameter, carried);
                        typed.remove(parameter + ".remove");
                    } else {
                        typed.add(parameter, carried);
                    }
                } catch (RefusedException refused) {
                    mistakes.add(new Mistake(parameter, String.valueOf(refused.getMessage())));
                }
            }
        }
    }

    /** The field for files of this parameter's name, if it is one. */
    private @Nullable ContentField field(String parameter) {
        var point = parameter.indexOf('.');
        var channel = point < 0 ? "" : parameter.substring(0, point);
        return !contents.channels().contains(channel)
                ? null
                : ContentField.of(contents.contentType(channel)).stream()
                        .filter(field -> field.path().equals(parameter.substring(point + 1))
                                && (field.kind() == ContentField.Kind.FILES
                                        || field.kind() == ContentField.Kind.PICTURE))
                        .findFirst()
                        .orElse(null);
    }
}
