package org.pregonero.dispatcher.message;

import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * A fingerprint of everything that an approval covers: texts, channels, outlets, audiences and their filters, times, override, the event
 * and the identity of the institution. A change of one character gives another one.
 */
@Component
class ApprovalHash {

    private final Messages messages;
    private final MessageFiles files;
    private final AudienceBook audiences;
    private final ObjectMapper json;

    ApprovalHash(Messages messages, MessageFiles files, AudienceBook audiences, ObjectMapper json) {
        this.messages = messages;
        this.files = files;
        this.audiences = audiences;
        this.json = json;
    }

    byte[] of(Occurrence occurrence, SettingSnapshot setting) {
        var version = messages.version(occurrence.versionId());
        var covered = new LinkedHashMap<String, Object>();
        covered.put("title", version.title());
        covered.put("purpose", version.purpose());
        covered.put("audiences", version.audienceIds().stream().sorted().toList());
        // the rule by which people are chosen; who meets it may change until it leaves
        covered.put("filters", audiences.filters(version.audienceIds()));
        covered.put("channels", new TreeMap<>(version.channels()));
        covered.put("cascade", String.valueOf(version.cascade()));
        covered.put("dueAt", occurrence.dueAt().toString());
        covered.put("expiresAt", String.valueOf(occurrence.expiresAt()));
        covered.put("contactHoursOverride", String.valueOf(occurrence.contactHoursOverride()));
        covered.put("skipIncomplete", occurrence.skipIncomplete());
        covered.put("relative", String.valueOf(occurrence.relative()));
        covered.put("setting", setting.shown());
        // the texts name files by their content; here it is looked at that they still have it
        covered.put("files", version.channels().values().stream().allMatch(plan -> files.whole(plan.content())));
        return DigestUtils.sha256(json.writeValueAsString(covered));
    }
}
