package org.pregonero.dispatcher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the office has written because of the actions of a plan. */
public interface ActionMessages {

    /**
     * A message.
     *
     * @param state of its latest sending, such as {@code FINISHED}; null for a draft
     */
    record Written(
            long actionId,
            long messageId,
            String title,
            @Nullable String state) {}

    /** The oldest first. */
    List<Written> ofPlan(long plan);
}
