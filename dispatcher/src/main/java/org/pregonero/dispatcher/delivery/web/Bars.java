package org.pregonero.dispatcher.delivery.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.springframework.stereotype.Component;

/** Draws counts by state as one bar of width 100. Used by the page's template. */
@Component("bars")
public class Bars {

    private static final double WIDTH = 100;

    /** A part of a bar. */
    public record Part(DeliveryState state, double x, double width) {}

    public List<Part> of(Map<DeliveryState, Long> counts) {
        var total = counts.values().stream().mapToLong(Long::longValue).sum();
        var parts = new ArrayList<Part>();
        var x = 0.0;
        for (var entry : counts.entrySet()) {
            var width = WIDTH * entry.getValue() / total;
            parts.add(new Part(entry.getKey(), x, width));
            x += width;
        }
        return parts;
    }
}
