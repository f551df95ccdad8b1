package org.pregonero.dispatcher.embedded;

import java.util.Map;

/** How a queue is kept by the broker. The embedded broker knows classic queues only and refuses RabbitMQ's arguments. */
public enum QueueType {
    CLASSIC,
    QUORUM;

    /** What a queue of this type is declared with. */
    public Map<String, Object> arguments() {
        return switch (this) {
            case CLASSIC -> Map.of();
            case QUORUM -> Map.of("x-queue-type", "quorum");
        };
    }
}
