package stoa.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.elasticsearch.action.admin.cluster.health.ClusterHealthRequest;
import org.elasticsearch.bootstrap.BootstrapInfo;
import org.elasticsearch.common.Priority;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.EmbeddedNode;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.netty4.Netty4Plugin;
import stoa.embedded.analysis.AnalysisComponents;

/**
 * Starts one search server on the loopback address and prints one line, {@code ready HOST:PORT}, once it truly answers:
 * HTTP opens earlier, while indices are still red. It ends on SIGTERM and, when asked, at the end of its standard input.
 */
public final class Launcher {
    private static final TimeValue READY_WITHIN = TimeValue.timeValueSeconds(120);
    private static final String NAME = "stoa-embedded";

    private Launcher() {}

    public static void main(String[] args) {
        try {
            start(Options.parse(args));
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    private static void start(Options options) throws Exception {
        for (String folder : List.of("config", "data", "logs", "plugins", "modules", "snapshots")) {
            Files.createDirectories(options.home().resolve(folder));
        }
        HomeLock.take(options.home());
        System.setProperty("es.path.home", options.home().toString());
        Settings settings = settings(options);
        quietLogging(settings);
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), options.home().resolve("config"), () -> NAME);
        Node node = EmbeddedNode.build(
            environment, List.of(new Netty4Plugin(), new RestRootPlugin(), new AnalysisComponents()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close"));
        node.start();
        awaitReady(node);
        if (options.endsWithInput()) endWithInput();
        var address = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
        System.out.println("ready " + address.getAddress() + ":" + address.getPort());
        System.out.flush();
        // the threads of the server are daemons: without one that stays, the process would end here
        new CountDownLatch(1).await();
    }

    private static Settings settings(Options options) {
        Path home = options.home();
        return Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", home.resolve("data").toString())
            .put("path.logs", home.resolve("logs").toString())
            .put("path.repo", home.resolve("snapshots").toString())
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", options.port())
            .put("transport.port", 0)
            // a full disk is told by the write that fails; a developer's disk at 95 % must not make indices read-only
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            // an index that nobody defined would get guessed mappings
            .put("action.auto_create_index", false)
            // the serial collector lets garbage stand until the heap is full: counted as used, it has searches refused
            .put("indices.breaker.total.use_real_memory", false)
            .put("logger.level", "WARN")
            .build();
    }

    private static void quietLogging(Settings settings) {
        LogConfigurator.registerErrorListener();
        LogConfigurator.configureWithoutConfig(settings);
        LogConfigurator.configureESLogging();
        BootstrapInfo.init();
        // these warn that native libraries are missing; they are not in the jars, and the server does without
        for (String logger : List.of("nativeaccess", "simdvec", "index.codec.vectors")) {
            Configurator.setLevel("org.elasticsearch." + logger, Level.ERROR);
        }
    }

    private static void awaitReady(Node node) throws IOException {
        var health = node.client().admin().cluster().health(new ClusterHealthRequest(READY_WITHIN)
            .waitForYellowStatus().waitForNoInitializingShards(true).waitForEvents(Priority.LANGUID)
            .timeout(READY_WITHIN)).actionGet();
        if (health.isTimedOut()) {
            throw new IOException("the indices did not come up within " + READY_WITHIN + ": status "
                + health.getStatus() + "; the folder may be damaged, and an index can always be rebuilt from histories");
        }
    }

    private static void endWithInput() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) { /* nothing is ever told this way; only the end counts */ }
            } catch (IOException closed) {
                // a broken pipe is an end as well
            }
            System.exit(0);
        }, "end-with-input");
        watch.setDaemon(true);
        watch.start();
    }

    private static void close(Node node) {
        try {
            node.close();
            node.awaitClose(10, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException fault) {
            System.err.println("closing: " + fault);
        }
    }

    /** A half-started server may keep threads of its own, so the process is halted rather than left to end. */
    private static void fail(Throwable fault) {
        System.err.println("failed " + reason(fault));
        fault.printStackTrace();
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }

    private static String reason(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) root = root.getCause();
        return root.getMessage() == null ? root.toString() : root.getMessage().lines().findFirst().orElse("");
    }
}
