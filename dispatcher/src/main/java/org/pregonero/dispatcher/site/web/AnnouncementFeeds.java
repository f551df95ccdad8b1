package org.pregonero.dispatcher.site.web;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.site.Announcements;
import org.pregonero.dispatcher.site.Announcements.Announcement;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public announcements, for other sites and for feed readers. Anybody may fetch them from any page. */
@RestController
@CrossOrigin
class AnnouncementFeeds {

    private static final int NEWEST = 20;
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final MediaType ATOM = new MediaType("application", "atom+xml", StandardCharsets.UTF_8);

    /** Characters that no XML document may have, not even as a reference (XML 1.0, 2.2). */
    private static final Pattern NOT_IN_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final Announcements announcements;
    private final Institutions institutions;
    private final String pages;

    AnnouncementFeeds(
            Announcements announcements,
            Institutions institutions,
            @Value("${pregonero.channels.web.base-url}") String pages) {
        this.announcements = announcements;
        this.institutions = institutions;
        this.pages = pages.strip().replaceAll("/+$", "");
    }

    /** The announcements of an institution, as JSON. */
    record Listing(String institution, List<Item> announcements) {}

    /**
     * One announcement.
     *
     * @param starts when the event that it is about begins, with its zone's offset, or null
     * @param ends when it ends
     */
    record Item(
            String url,
            String title,
            String summary,
            Instant publishedAt,
            @Nullable String event,
            @Nullable OffsetDateTime starts,
            @Nullable OffsetDateTime ends,
            @Nullable String when,
            @Nullable String where) {}

    @GetMapping("/anuncios.json")
    ResponseEntity<Listing> json() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(new Listing(
                        institutions.current().name(),
                        announcements.latest(NEWEST).stream().map(this::item).toList()));
    }

    private Item item(Announcement announcement) {
        var content = announcement.content();
        var occasion = content.occasion();
        return new Item(
                url(announcement),
                content.title(),
                content.summary(),
                announcement.publishedAt(),
                occasion == null ? null : occasion.event().name(),
                occasion == null ? null : occasion.event().start().toOffsetDateTime(),
                occasion == null ? null : occasion.event().end().toOffsetDateTime(),
                occasion == null ? null : occasion.date() + ", " + occasion.hours(),
                occasion == null ? null : occasion.event().place());
    }

    /** An Atom feed (RFC 4287). */
    @GetMapping("/anuncios.atom")
    ResponseEntity<String> atom() throws XMLStreamException {
        var out = new StringWriter();
        var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
        var newest = announcements.latest(NEWEST);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace("http://www.w3.org/2005/Atom");
        element(xml, "id", pages);
        element(xml, "title", institutions.current().name());
        element(
                xml,
                "updated",
                newest.stream()
                        .map(Announcement::publishedAt)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH)
                        .toString());
        link(xml, "alternate", pages);
        link(xml, "self", pages + ".atom");
        xml.writeStartElement("author");
        element(xml, "name", institutions.current().name());
        xml.writeEndElement();
        for (var announcement : newest) {
            xml.writeStartElement("entry");
            element(xml, "id", "urn:uuid:" + announcement.token());
            element(xml, "title", announcement.content().title());
            element(xml, "updated", announcement.publishedAt().toString());
            link(xml, "alternate", url(announcement));
            element(xml, "summary", announcement.content().summary());
            xml.writeStartElement("content");
            xml.writeAttribute("type", "html");
            xml.writeCharacters(
                    NOT_IN_XML.matcher(announcement.content().html()).replaceAll(""));
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        return ResponseEntity.ok()
                .contentType(ATOM)
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(out.toString());
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(NOT_IN_XML.matcher(text).replaceAll(""));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }

    private String url(Announcement announcement) {
        return pages + "/" + announcement.token();
    }
}
