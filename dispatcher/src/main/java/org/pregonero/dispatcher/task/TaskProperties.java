package org.pregonero.dispatcher.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code pregonero.tasks}: tasks of media done by hand.
 *
 * @param remindBefore how long before a task is due its responsible people are written to
 * @param round pause between two looks at what is to be written down, reminded of and carried over
 */
@ConfigurationProperties("pregonero.tasks")
record TaskProperties(
        @DefaultValue("1d") Duration remindBefore,
        @DefaultValue("15s") Duration round) {

    TaskProperties {
        if (remindBefore.isNegative()) {
            throw new IllegalArgumentException("pregonero.tasks.remind-before no puede ser negativo");
        }
        if (round.isNegative() || round.isZero()) {
            throw new IllegalArgumentException("pregonero.tasks.round debe ser mayor que cero");
        }
    }
}
