package org.pregonero.dispatcher.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;

/** The failure script of each simulated channel. They end with the process: a new start begins without failures. */
public final class FailureScripts {

    /** The channels that can be made to fail. */
    public static final List<String> CHANNELS = List.of("EMAIL", "WHATSAPP", "SMS", "X", "FACEBOOK");

    private final Map<String, FailureScript> scripts = new HashMap<>();
    private final Map<String, Integer> requestsLeft = new HashMap<>();

    public synchronized FailureScript of(String channel) {
        return scripts.getOrDefault(channel, FailureScript.NONE);
    }

    /** @throws IllegalArgumentException for a channel that is not simulated */
    public synchronized void play(String channel, FailureScript script) {
        if (!CHANNELS.contains(channel)) {
            throw new IllegalArgumentException("No simulated channel is called so");
        }
        scripts.put(channel, script);
        requestsLeft.put(channel, script.requests());
    }

    /** What befalls a request that would send something; counts it. */
    synchronized Trouble befalls(String channel) {
        FailureScript script = of(channel);
        if (script.trouble() == Trouble.NONE || script.requests() == 0) {
            return script.trouble();
        }
        int left = requestsLeft.merge(channel, -1, Integer::sum);
        return left >= 0 ? script.trouble() : Trouble.NONE;
    }

    /** Whether a request that only asks finds the provider broken. */
    synchronized boolean isOut(String channel) {
        FailureScript script = of(channel);
        return script.trouble() == Trouble.OUTAGE
                && (script.requests() == 0 || requestsLeft.getOrDefault(channel, 0) > 0);
    }
}
