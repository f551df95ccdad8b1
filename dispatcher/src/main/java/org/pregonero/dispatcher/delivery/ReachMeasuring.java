package org.pregonero.dispatcher.delivery;

import java.util.Map;
import org.pregonero.channels.Channel;
import org.pregonero.channels.MeasuresReach;
import org.pregonero.channels.MeasuresReach.Figure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks networks how many the published messages have reached, at growing intervals. Trouble of one stops no other. */
@Component
class ReachMeasuring {

    private static final Logger log = LoggerFactory.getLogger(ReachMeasuring.class);

    /** Networks limit questions too; the rest waits for the next time. */
    private static final int AT_ONCE = 50;

    private final Adapters adapters;
    private final ReachMeasures measures;

    ReachMeasuring(Adapters adapters, ReachMeasures measures) {
        this.adapters = adapters;
        this.measures = measures;
    }

    void measure() {
        for (var adapter : adapters.all()) {
            if (adapter instanceof MeasuresReach network) {
                measure(adapter.channel(), network);
            }
        }
    }

    private void measure(Channel channel, MeasuresReach network) {
        for (var due : measures.due(channel, AT_ONCE)) {
            measures.record(due.delivery(), figures(due, network));
        }
    }

    private static Map<Figure, Long> figures(ReachMeasures.Due due, MeasuresReach network) {
        try {
            return network.measure(due.providerId())
                    .map(MeasuresReach.Reach::figures)
                    .orElse(Map.of());
        } catch (RuntimeException e) {
            log.error("Delivery {} cannot be measured", due.delivery(), e);
            return Map.of();
        }
    }
}
