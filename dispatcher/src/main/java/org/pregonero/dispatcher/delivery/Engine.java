package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.ProcessRoles.Role.DISPATCH;
import static org.pregonero.dispatcher.runtime.ProcessRoles.Role.SEND;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.dispatcher.runtime.ProcessRoles;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Starts the flows of every channel, according to the roles of this process, and stops them in order. */
@Component
class Engine implements SmartLifecycle {

    /** Before the web server takes requests, and stopped after it. */
    static final int PHASE = 0;

    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final int FIRST_JAVA_WITH_UNPINNED_VIRTUAL_THREADS = 24;

    private final IntegrationFlowContext flows;
    private final ConnectionFactory connections;
    private final AmqpAdmin admin;
    private final Broker broker;
    private final Relay relay;
    private final Rounds rounds;
    private final Inquiries inquiries;
    private final Adapters adapters;
    private final Deliveries deliveries;
    private final ChannelStates channels;
    private final Rendering rendering;
    private final ContactHours contactHours;
    private final Workers workers;
    private final EngineProperties properties;
    private final ProcessRoles roles;
    private final Clock clock;

    private final List<IntegrationFlowRegistration> registrations = new ArrayList<>();
    private final List<Worker> sending = new ArrayList<>();
    private final Outages unanswered = new Outages("Looking for claims without an answer");
    private ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean running;

    Engine(
            IntegrationFlowContext flows,
            ConnectionFactory connections,
            AmqpAdmin admin,
            Broker broker,
            Relay relay,
            Rounds rounds,
            Inquiries inquiries,
            Adapters adapters,
            Deliveries deliveries,
            ChannelStates channels,
            Rendering rendering,
            ContactHours contactHours,
            Workers workers,
            EngineProperties properties,
            ProcessRoles roles,
            Clock clock) {
        this.flows = flows;
        this.connections = connections;
        this.admin = admin;
        this.broker = broker;
        this.relay = relay;
        this.rounds = rounds;
        this.inquiries = inquiries;
        this.adapters = adapters;
        this.deliveries = deliveries;
        this.channels = channels;
        this.rendering = rendering;
        this.contactHours = contactHours;
        this.workers = workers;
        this.properties = properties;
        this.roles = roles;
        this.clock = clock;
    }

    @Override
    public void start() {
        adapters.all().forEach(adapter -> channels.register(adapter.channel()));
        if (roles.has(DISPATCH) || roles.has(SEND)) {
            // By whoever starts first: a broker drops what is sent to a queue that is not there. Declared by the admin
            // again whenever a connection is opened, so that a broker that lost it gets it back.
            adapters.all().forEach(adapter -> admin.declareQueue(broker.queue(adapter.channel())));
        }
        if (roles.has(SEND)) {
            startHeart();
            adapters.all().forEach(this::startSending);
            var unused = heart.scheduleWithFixedDelay(this::releaseUnknown, 1, 1, TimeUnit.MINUTES);
        }
        if (roles.has(DISPATCH)) {
            register("flow-rounds", DeliveryFlows.rounds(rounds::make, new Outages("Housekeeping"), properties));
            register(
                    "flow-inquiries",
                    DeliveryFlows.rounds(inquiries::make, new Outages("Asking providers"), properties));
            for (var adapter : adapters.all()) {
                register("flow-relay-" + adapter.channel(), toBroker(adapter));
            }
        }
        running = true;
    }

    void releaseUnknown() {
        sending.forEach(worker -> unanswered.watch(worker::releaseUnknown));
    }

    private void startHeart() {
        workers.beat();
        var outages = new Outages("The sign of life of this process");
        var pause = properties.lease().dividedBy(4).toMillis();
        heart = Executors.newSingleThreadScheduledExecutor();
        var unused =
                heart.scheduleWithFixedDelay(() -> outages.watch(workers::beat), pause, pause, TimeUnit.MILLISECONDS);
    }

    private void startSending(ChannelAdapter adapter) {
        var worker = new Worker(
                adapter,
                workers.self(),
                deliveries,
                channels,
                rendering,
                contactHours,
                properties,
                clock,
                threads(adapter));
        sending.add(worker);
        register("flow-send-" + adapter.channel(), DeliveryFlows.toProvider(adapter, connections, broker, worker));
    }

    private IntegrationFlow toBroker(ChannelAdapter adapter) {
        return DeliveryFlows.toBroker(
                adapter, relay, broker, new Outages("The relay of " + adapter.channel()), properties);
    }

    private static Executor threads(ChannelAdapter adapter) {
        var prefix = "send-" + adapter.channel() + "-";
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_UNPINNED_VIRTUAL_THREADS) {
            return new VirtualThreadTaskExecutor(prefix);
        }
        // A thread serves many sends: to start one costs as much as to send a mail.
        var factory = new CustomizableThreadFactory(prefix);
        factory.setDaemon(true);
        return Executors.newCachedThreadPool(factory);
    }

    private void register(String id, IntegrationFlow flow) {
        registrations.add(flows.registration(flow).id(id).autoStartup(true).register());
    }

    @Override
    public void stop() {
        running = false;
        sending.forEach(Worker::claimNoMore);
        registrations.forEach(IntegrationFlowRegistration::destroy);
        registrations.clear();
        for (var worker : sending) {
            worker.drain(DRAIN);
        }
        sending.clear();
        heart.shutdownNow();
        if (roles.has(SEND)) {
            workers.leave();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
