package org.pregonero.dispatcher.institution;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code pregonero.contact-hours}: when personal messages may leave, until somebody says otherwise on the settings page.
 *
 * @param zone of all times; default {@code America/Bogota}
 * @param weekdays Monday to Friday; default {@code 07:00-19:00}
 * @param saturday default {@code 08:00-15:00}
 */
@ConfigurationProperties("pregonero.contact-hours")
record ContactHoursProperties(ZoneId zone, Hours weekdays, Hours saturday) {}
