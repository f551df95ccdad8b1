package org.pregonero.dispatcher.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * How a simulated provider misbehaves. Shares are taken by address: the same people are always the ones who cannot be
 * reached, as in real life.
 *
 * @param invalid per cent of addresses that the provider refuses
 * @param bounced per cent of addresses whose messages are accepted and then come back
 * @param trouble of the provider as a whole
 * @param requests how many requests the trouble lasts; 0 until it is changed
 * @param retryAfter seconds that the provider asks to wait when it limits the rate
 * @param late status reports come up to half a minute after their time
 * @param shuffled status reports overtake each other
 * @param duplicated every status report comes twice
 */
public record FailureScript(
        int invalid,
        int bounced,
        Trouble trouble,
        int requests,
        int retryAfter,
        boolean late,
        boolean shuffled,
        boolean duplicated) {

    /** Everything works. */
    public static final FailureScript NONE = new FailureScript(0, 0, Trouble.NONE, 0, 30, false, false, false);

    /** What a provider as a whole suffers from. */
    public enum Trouble {
        NONE,
        /** It asks to send more slowly. */
        RATE_LIMIT,
        /** It answers that it is broken. */
        OUTAGE,
        /** It takes the request and never answers. */
        NO_ANSWER
    }

    /** @throws IllegalArgumentException when a number makes no sense */
    public FailureScript {
        demand(invalid >= 0 && invalid <= 100 && bounced >= 0 && bounced <= 100, "shares go from 0 to 100");
        demand(requests >= 0 && requests <= 1_000_000, "requests go from 0 to 1,000,000");
        demand(retryAfter >= 1 && retryAfter <= 86_400, "seconds to wait go from 1 to 86,400");
    }

    boolean refuses(String address) {
        return share("invalid:" + address) < invalid;
    }

    boolean returns(String address) {
        return share("bounced:" + address) < bounced;
    }

    /** The same number from 0 to 99 for the same word. */
    private static long share(String word) {
        var checksum = new CRC32();
        checksum.update(word.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() % 100;
    }

    private static void demand(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
