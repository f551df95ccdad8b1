package org.pregonero.channels.email;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Reason;
import org.pregonero.channels.email.TransactionEnd.Answered;
import org.pregonero.channels.email.TransactionEnd.Lost;
import org.pregonero.channels.email.TransactionEnd.Phase;

/**
 * Connections kept open over many messages, and no more of them than the server likes. Who finds none free waits.
 *
 * <p>A server closes connections that it finds idle. That shows only at the next command; when the command was one before
 * the message itself, nothing has been handed over, and the transaction is begun anew on a fresh connection, once.
 */
final class SmtpPool implements AutoCloseable {

    private static final Duration UNTIL_ANOTHER_IS_TRIED = Duration.ofMinutes(1);

    private final Supplier<SmtpConnection> connections;
    private final int connectionsAtMost;
    private final Semaphore permits;
    private final ScheduledExecutorService clockwork;
    private final Deque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
    private int withheld;
    private volatile boolean closed;

    SmtpPool(EmailProperties settings, Supplier<SmtpConnection> connections, ScheduledExecutorService clockwork) {
        this.connections = connections;
        this.connectionsAtMost = settings.connections();
        this.permits = new Semaphore(connectionsAtMost);
        this.clockwork = clockwork;
        long period = Math.max(100, settings.idleTimeout().toMillis() / 2);
        var unused = clockwork.scheduleWithFixedDelay(this::closeIdle, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs one transaction on a connection of its own. Where the server has no room for one more than it has given us, this
     * goes on with those, and does not try for another for a while.
     */
    TransactionEnd transact(Function<SmtpConnection, TransactionEnd> transaction)
            throws NoConnectionException, InterruptedException {
        while (true) {
            permits.acquire();
            boolean kept = false;
            try {
                SmtpConnection pooled = takeIdle();
                if (pooled != null) {
                    TransactionEnd end = run(pooled, transaction);
                    if (!closedByServer(end)) {
                        return end;
                    }
                }
                return run(open(), transaction);
            } catch (NoConnectionException e) {
                kept = e.busy() && keepToThese();
                if (!kept) {
                    throw e;
                }
            } finally {
                if (!kept) {
                    permits.release();
                }
            }
        }
    }

    /**
     * Withholds the caller's permit, and those for which there is no connection, for a while.
     *
     * @return whether that was done; not where there are no others to go on with, nor when all is being closed
     */
    private synchronized boolean keepToThese() {
        int most = connectionsAtMost - 1 - withheld;
        boolean others = most > permits.availablePermits() || !idle.isEmpty();
        if (most < 1 || !others) {
            return false;
        }
        int taken = 1;
        while (taken < most && permits.availablePermits() > idle.size() && permits.tryAcquire()) {
            taken++;
        }
        int all = taken;
        try {
            var unused = clockwork.schedule(() -> giveBack(all), UNTIL_ANOTHER_IS_TRIED.toSeconds(), TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            permits.release(all - 1);
            return false;
        }
        withheld += all;
        return true;
    }

    private synchronized void giveBack(int taken) {
        withheld -= taken;
        permits.release(taken);
    }

    private static boolean closedByServer(TransactionEnd end) {
        if (end instanceof Lost lost) {
            return lost.trouble() == Reason.Code.CONNECTION_LOST && lost.phase().compareTo(Phase.DATA) <= 0;
        }
        return end.phase() == Phase.MAIL
                && end instanceof Answered answered
                && answered.reply().code() == 421;
    }

    private TransactionEnd run(SmtpConnection connection, Function<SmtpConnection, TransactionEnd> transaction) {
        try {
            return transaction.apply(connection);
        } finally {
            if (connection.reusable() && !closed) {
                idle.addFirst(connection);
                if (closed) {
                    closeAll();
                }
            } else {
                connection.close();
            }
        }
    }

    private SmtpConnection open() throws NoConnectionException {
        if (closed) {
            throw NoConnectionException.down(Reason.Code.UNREACHABLE, "", "canal cerrado", Advice.CLOSED);
        }
        SmtpConnection connection = connections.get();
        connection.open();
        return connection;
    }

    private @Nullable SmtpConnection takeIdle() {
        for (SmtpConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            if (!connection.idleSince(System.nanoTime())) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private void closeIdle() {
        long now = System.nanoTime();
        for (SmtpConnection connection : List.copyOf(idle)) {
            if (connection.idleSince(now) && idle.remove(connection)) {
                connection.close();
            }
        }
    }

    private void closeAll() {
        for (SmtpConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        clockwork.shutdownNow();
        closeAll();
    }
}
