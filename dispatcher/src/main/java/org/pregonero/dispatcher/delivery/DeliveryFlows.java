package org.pregonero.dispatcher.delivery;

import static org.pregonero.dispatcher.runtime.ProcessRoles.Role.DISPATCH;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.boot.config.startup.ContextReadyStart;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import javax.sql.DataSource;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.runtime.ProcessRoles;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.amqp.dsl.Amqp;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.lock.LockRepository;

/**
 * The way of a delivery, on one screen.
 *
 * <pre>
 * db-scheduler ── fire ──▶ FanOut ──▶ deliveries, PENDING
 * poller ───────── Relay ──▶ QUEUED ──▶ Broker (confirmed) ──▶ pregonero.deliver.CHANNEL
 * AMQP listener ── Worker ──▶ SENDING ──▶ ChannelAdapter ──▶ OutcomeRecorder ──▶ ACCEPTED, DELIVERED, PENDING again…
 * db-scheduler ── ReachMeasuring ──▶ MeasuresReach ──▶ reach_measure
 * poller ───────── Rounds: what expired, who goes on to the next channel, occurrences that are through
 * poller ───────── Inquiries: channels that are back, what is in doubt, what a dead worker left
 * </pre>
 */
@Configuration(proxyBeanMethods = false)
class DeliveryFlows {

    private static final Duration RETRY_FAILED_FIRING = Duration.ofSeconds(30);
    private static final Duration BETWEEN_MEASURES = Duration.ofMinutes(10);
    private static final int CONSIGNMENTS_AT_ONCE = 2;

    /** The time of an occurrence has come. */
    @Bean
    OneTimeTask<Void> fireOccurrence(ObjectProvider<Firing> firing) {
        return Tasks.oneTime(Scheduling.FIRE)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY_FAILED_FIRING))
                .execute((instance, context) -> firing.getObject().fire(Long.parseLong(instance.getId())));
    }

    /** Only a process that dispatches fires; the others set times in the same table. */
    @Bean
    DbSchedulerStarter schedulerStarter(Scheduler scheduler, ProcessRoles roles) {
        return roles.has(DISPATCH) ? new ContextReadyStart(scheduler) : () -> {};
    }

    /** By one of the processes that dispatch at a time. */
    @Bean
    RecurringTask<Void> measureReach(ObjectProvider<ReachMeasuring> measuring) {
        return Tasks.recurring("measure-reach", FixedDelay.of(BETWEEN_MEASURES))
                .execute((instance, context) -> measuring.getObject().measure());
    }

    /** What is due goes to the broker. */
    static IntegrationFlow toBroker(
            ChannelAdapter adapter, Relay relay, Broker broker, Outages outages, EngineProperties properties) {
        return IntegrationFlow.fromSupplier(
                        () -> outages.watch(() -> relay.next(adapter)),
                        poll -> poll.poller(
                                Pollers.fixedDelay(properties.relayPause()).maxMessagesPerPoll(-1)))
                .handle(Consignment.class, (consignment, headers) -> {
                    outages.watch(() -> broker.publish(consignment));
                    return null;
                })
                .get();
    }

    /** What the broker hands out goes to the provider. */
    static IntegrationFlow toProvider(
            ChannelAdapter adapter, ConnectionFactory connections, Broker broker, Worker worker) {
        return IntegrationFlow.from(Amqp.inboundAdapter(connections, broker.queue(adapter.channel()))
                        .messageConverter(Broker.raw())
                        .configureContainer(container -> container
                                .concurrentConsumers(CONSIGNMENTS_AT_ONCE)
                                .prefetchCount(1)
                                .defaultRequeueRejected(false)
                                .missingQueuesFatal(false)))
                .filter(byte[].class, broker::readable)
                .transform(byte[].class, body -> new Consignment(adapter.channel(), Broker.read(body)))
                .handle(Consignment.class, (consignment, headers) -> {
                    worker.send(consignment.deliveries());
                    return null;
                })
                .get();
    }

    /** Housekeeping. */
    static IntegrationFlow rounds(Runnable round, Outages outages, EngineProperties properties) {
        return IntegrationFlow.fromSupplier(
                        () -> outages.watch(() -> {
                            round.run();
                            return null;
                        }),
                        poll -> poll.poller(Pollers.fixedDelay(properties.round())))
                .nullChannel();
    }

    @Bean
    LockRepository lockRepository(DataSource dataSource) {
        return new DefaultLockRepository(dataSource);
    }

    @Bean
    JdbcLockRegistry lockRegistry(LockRepository locks) {
        return new JdbcLockRegistry(locks);
    }
}
