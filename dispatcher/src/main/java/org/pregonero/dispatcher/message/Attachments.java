package org.pregonero.dispatcher.message;

import java.util.EnumSet;
import java.util.Set;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.runtime.FileKind;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes the files that people add to messages. What they are is told by their content. */
@Service
public class Attachments {

    /** That every mail program and network shows. */
    private static final Set<FileKind> PICTURES = EnumSet.of(FileKind.PNG, FileKind.JPEG);

    private static final Set<FileKind> DOCUMENTS =
            EnumSet.of(FileKind.PNG, FileKind.JPEG, FileKind.PDF, FileKind.DOCX, FileKind.XLSX);

    /** Mail grows by a third on its way, and many mailboxes refuse more than 20 MB. */
    public static final int LARGEST = 8_000_000;

    /** All files of a mail together, for the same reason. */
    static final int LARGEST_TOGETHER = 15_000_000;

    /** X and Facebook take no larger ones. */
    public static final int LARGEST_PICTURE = 5_000_000;

    private static final int LONGEST_NAME = 100;

    private final MessageFiles files;
    private final AuditTrail audit;

    Attachments(MessageFiles files, AuditTrail audit) {
        this.files = files;
        this.audit = audit;
    }

    /**
     * A file that was taken.
     *
     * @param fileName made safe, with the ending of what it is
     */
    public record Kept(String sha256, String mediaType, String fileName) {}

    /**
     * Keeps a file, to be named by messages.
     *
     * @param name as its owner calls it
     * @throws RefusedException when it is of no kind that a message may carry, or too large
     */
    @Transactional
    public Kept keep(String name, byte[] bytes, boolean picture, Actor actor) {
        var largest = picture ? LARGEST_PICTURE : LARGEST;
        if (bytes.length > largest) {
            throw new RefusedException(Refusal.FILE_TOO_LARGE, safe(name), largest / 1_000_000);
        }
        var kind = FileKind.of(bytes)
                .filter((picture ? PICTURES : DOCUMENTS)::contains)
                .orElseThrow(() ->
                        new RefusedException(picture ? Refusal.NOT_A_PICTURE : Refusal.NOT_A_DOCUMENT, safe(name)));
        var hash = files.keep(bytes, kind, actor.id());
        audit.record(actor, "message.file", "message-file/" + hash, null, kind);
        var stem = safe(name).replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        return new Kept(hash, kind.mediaType(), (stem.isBlank() ? "archivo" : stem) + "." + kind.extension());
    }

    private static String safe(String name) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}|\"<>:*?]", "").strip();
        return clean.substring(0, Math.min(clean.length(), LONGEST_NAME));
    }
}
