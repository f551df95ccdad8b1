package org.pregonero.dispatcher.embedded;

import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.BrokerImpl;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHostNode;
import org.pregonero.dispatcher.runtime.PrivateFile;
import org.pregonero.dispatcher.runtime.StartFailure;

/**
 * An AMQP 0-9-1 broker inside this process, on a random port of the loopback interface. It keeps everything in memory:
 * the database is the truth, and what was queued is published again after a start.
 */
public final class AmqpBroker implements AutoCloseable {

    private static final String USER = "pregonero";

    private final SystemLauncher launcher;
    private final SystemConfig<?> system;
    private final int port;
    private final String password;

    private AmqpBroker(SystemLauncher launcher, SystemConfig<?> system, int port, String password) {
        this.launcher = launcher;
        this.system = system;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a broker with one user, and one virtual host that answers to "/".
     *
     * @param work a directory for what the broker may want to put aside
     * @throws StartFailure when it does not start
     */
    public static AmqpBroker start(Path work) {
        String password = PrivateFile.randomSecret();
        URL configuration = AmqpBroker.class.getResource("/embedded/broker.json");
        if (configuration == null) {
            throw new IllegalStateException("embedded/broker.json is not on the class path");
        }
        AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
        var launcher = new SystemLauncher(new SystemLauncherListener.DefaultSystemLauncherListener() {
            @Override
            public void onContainerResolve(SystemConfig<?> resolved) {
                system.set(resolved);
            }
        });
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("type", "Memory");
        attributes.put("initialConfigurationLocation", configuration.toString());
        attributes.put("startupLoggedToSystemOut", false);
        attributes.put(
                "context",
                Map.of(
                        "qpid.work_dir", work.toString(),
                        "pregonero.broker.user", USER,
                        "pregonero.broker.password", password));
        try {
            launcher.startup(attributes);
            SystemConfig<?> running = Objects.requireNonNull(system.get());
            leaveTheStopToUs(running.getContainer());
            return new AmqpBroker(launcher, running, boundPort(running), password);
        } catch (Exception e) {
            launcher.shutdown();
            throw new StartFailure(
                    "La cola de mensajes interna no arrancó: " + e.getMessage(),
                    "El detalle está en el registro de Pregonero. También puede usar un RabbitMQ con"
                            + " PREGONERO_AMQP_ADDRESSES.",
                    e);
        }
    }

    @SuppressWarnings("rawtypes") // the broker's model asks for its children by raw class
    private static int boundPort(SystemConfig<?> system) {
        return system.getContainer().getChildren(Port.class).stream()
                .mapToInt(Port::getBoundPort)
                .filter(port -> port > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The broker did not open its port"));
    }

    /**
     * Takes back the broker's own shutdown hook. The virtual machine runs its hooks side by side: the broker would be
     * gone before the workers that send from its queues have finished.
     */
    private static void leaveTheStopToUs(Object broker) throws ReflectiveOperationException {
        var field = BrokerImpl.class.getDeclaredField("_shutdownHook");
        field.setAccessible(true);
        if (!Runtime.getRuntime().removeShutdownHook((Thread) field.get(broker))) {
            throw new IllegalStateException("The broker has another shutdown hook than expected");
        }
    }

    /** Adds a virtual host, apart from the one behind "/". */
    public void createVirtualHost(String name) {
        system.getContainer()
                .createChild(
                        VirtualHostNode.class,
                        Map.of(
                                "name", name,
                                "type", "Memory",
                                "virtualHostInitialConfiguration", "{\"type\":\"Memory\"}"));
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() {
        launcher.shutdown();
    }
}
