package org.pregonero.dispatcher.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.CallbackRequest;
import org.pregonero.channels.ProviderEvent;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.ReadsCallbacks;
import org.pregonero.channels.ReadsCallbacks.Answer;
import org.pregonero.dispatcher.inbound.Inbox.Stored;
import org.springframework.stereotype.Service;

/** Takes what providers call back: stored before it is answered, and a person who wrote is heard at once. */
@Service
public class Callbacks {

    /** So many callbacks are written down at a time; a burst waits here and not for the connections that others need. */
    private final Semaphore writing = new Semaphore(4, true);

    private final Map<String, ReadsCallbacks> readers;
    private final Inbox inbox;
    private final InboxWork work;
    private final InboxPoller poller;

    Callbacks(List<ReadsCallbacks> readers, Inbox inbox, InboxWork work, InboxPoller poller) {
        this.readers =
                readers.stream().collect(Collectors.toUnmodifiableMap(ReadsCallbacks::provider, Function.identity()));
        this.inbox = inbox;
        this.work = work;
        this.poller = poller;
    }

    /**
     * Takes a callback.
     *
     * @return what to answer; nothing when there is no such provider
     * @throws ReadsCallbacks.ForgedCallbackException when it did not come from the provider
     */
    public Optional<Answer> take(String provider, CallbackRequest request) {
        return Optional.ofNullable(readers.get(provider)).map(reader -> take(reader, request));
    }

    private Answer take(ReadsCallbacks reader, CallbackRequest request) {
        @Nullable String reply = null;
        var waiting = false;
        for (var stored : store(reader.provider(), reader.read(request))) {
            if (stored.event() instanceof MessageReceived) {
                var answer = work.handle(stored.id());
                reply = answer == null ? reply : answer;
            } else {
                waiting = true;
            }
        }
        if (waiting) {
            poller.wake();
        }
        return reader.answer(reply);
    }

    private List<Stored<ProviderEvent>> store(String provider, List<ProviderEvent> events) {
        writing.acquireUninterruptibly();
        try {
            return inbox.store(provider, events);
        } finally {
            writing.release();
        }
    }
}
