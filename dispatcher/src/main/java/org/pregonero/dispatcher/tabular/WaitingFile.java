package org.pregonero.dispatcher.tabular;

import java.util.Map;

/**
 * A file that waits between the steps of its import.
 *
 * @param corrections what its owner said it means, by the name of the form's field
 */
public record WaitingFile(long id, UploadedFile file, String sha256, Map<String, String> corrections) {}
