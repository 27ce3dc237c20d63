import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.geo.GeoModulePlugin;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.rankeval.RankEvalPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.ingest.common.IngestCommonPlugin;
import org.opensearch.join.ParentJoinPlugin;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.percolator.PercolatorPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionPlugin;
import org.opensearch.script.mustache.MustachePlugin;
import org.opensearch.search.aggregations.matrix.MatrixAggregationPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * An OpenSearch cluster in one process, for integration tests.
 *
 * <p>{@code java -cp 'LIB/*' Launcher.java FOLDER [NODES]} starts NODES (3) nodes on the loopback
 * address with their data in FOLDER, which should be empty. It prints {@code READY URL URL URL},
 * then reads the commands {@code stop N}, {@code start N} (N from 1) and {@code quit}, one a line, and answers
 * {@code STOPPED N} and {@code STARTED N}. The end of input is {@code quit}; any failure ends it
 * with code 1. The log of OpenSearch is FOLDER/cluster.log.
 */
public class Launcher {
    /** The modules that a distribution of OpenSearch includes. */
    static final List<Class<? extends Plugin>> MODULES = List.of(
            MatrixAggregationPlugin.class, CommonAnalysisPlugin.class, GeoModulePlugin.class,
            IngestCommonPlugin.class, ExpressionPlugin.class, MustachePlugin.class,
            PainlessPlugin.class, MapperExtrasPlugin.class, ParentJoinPlugin.class,
            PercolatorPlugin.class, RankEvalPlugin.class, ReindexPlugin.class, Netty4Plugin.class);

    static final Duration PATIENCE = Duration.ofSeconds(120);

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    /**
     * A free port, bound but not listened on while its node is down: connections are refused, and
     * no other process or outgoing connection can take it.
     */
    static class Port {
        final int number;
        private SocketChannel holder;

        Port() throws IOException {
            hold(0);
            number = ((InetSocketAddress) holder.getLocalAddress()).getPort();
        }

        private void hold(int port) throws IOException {
            holder = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        }

        void hold() throws IOException {
            hold(number);
        }

        void release() throws IOException {
            holder.close();
        }
    }

    /** One node; its ports and settings stay the same while it is stopped. */
    static class Member {
        final Port http = new Port();
        final Port transport = new Port();
        final String name;
        final String url = "http://127.0.0.1:" + http.number;
        Settings settings;
        Node node;

        Member(int number) throws IOException {
            name = "node" + number;
        }

        boolean runs() {
            return node != null;
        }

        void start() throws Exception {
            require(!runs(), name + " runs already");
            node = new OpenSearchRunnerNode(new Environment(settings, null), MODULES);
            http.release();
            transport.release();
            node.start();
        }

        void stop() throws Exception {
            require(runs(), name + " does not run");
            node.close();
            require(node.awaitClose(30, TimeUnit.SECONDS), name + " does not stop");
            node = null;
            http.hold();
            transport.hold();
        }
    }

    final List<Member> members = new ArrayList<>();

    Launcher(Path folder, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            members.add(new Member(i));
        }
        for (Member m : members) {
            m.settings = settings(folder, m);
        }
    }

    Settings settings(Path folder, Member m) {
        return Settings.builder()
                .put("cluster.name", "test-" + ProcessHandle.current().pid())
                .put("node.name", m.name)
                .putList("node.roles", "cluster_manager", "data", "ingest")
                .put("node.attr.zone", "zone-" + m.name)
                .put("path.home", folder.resolve(m.name))
                .put("network.host", "127.0.0.1")
                .put("http.port", m.http.number)
                .put("transport.port", m.transport.number)
                .put("http.type", "netty4")
                .put("transport.type", "netty4")
                .putList("discovery.seed_hosts", members.stream()
                        .map(o -> "127.0.0.1:" + o.transport.number).collect(Collectors.toList()))
                .putList("cluster.initial_cluster_manager_nodes", members.stream()
                        .map(o -> o.name).collect(Collectors.toList()))
                // A node's start does not wait for the others: they start one after another.
                .put("discovery.initial_state_timeout", "0s")
                // Notice a lost or returned node within seconds.
                .put("discovery.find_peers_interval", "200ms")
                .put("cluster.fault_detection.leader_check.interval", "500ms")
                .put("cluster.fault_detection.leader_check.timeout", "3s")
                .put("cluster.fault_detection.follower_check.interval", "500ms")
                .put("cluster.fault_detection.follower_check.timeout", "3s")
                .put("cluster.publish.timeout", "5s")
                // Without a majority, writes fail at their timeout instead of hanging.
                .put("cluster.no_cluster_manager_block", "write")
                .put("indices.recovery.retry_delay_network", "500ms")
                // Independent of the free disk and of the shared heap.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("indices.breaker.total.use_real_memory", false)
                .build();
    }

    void start(int number) throws Exception {
        Member m = members.get(number - 1);
        m.start();
        await(m.name + " answers", () -> ask(m, "/") != null);
        // Without a majority there is no cluster to join.
        long running = members.stream().filter(Member::runs).count();
        if (running * 2 > members.size()) {
            String joined = "/_cluster/health?timeout=1s&wait_for_nodes=" + running;
            await(m.name + " joins", () -> ask(m, joined) != null);
        }
    }

    void awaitGreen() throws Exception {
        String green = "/_cluster/health?timeout=1s&wait_for_status=green&wait_for_nodes="
                + members.size();
        for (Member m : members) {
            await("green on " + m.name, () -> ask(m, green) != null);
        }
    }

    /** Every node must have every module; on the class path they are listed as plugins. */
    void checkModules() throws Exception {
        String body = ask(members.get(0), "/_nodes/plugins?filter_path=nodes.*.plugins.name");
        require(body != null, "no list of modules");
        List<String> loaded = Pattern.compile("\"name\":\"([^\"]+)\"").matcher(body).results()
                .map(r -> r.group(1)).collect(Collectors.toList());
        for (Class<?> module : MODULES) {
            long nodes = loaded.stream().filter(module.getName()::equals).count();
            require(nodes == members.size(), module.getName() + " is on " + nodes + " nodes");
            System.err.println("module " + module.getName());
        }
    }

    /** The body of a successful answer, or null. */
    static String ask(Member m, String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(m.url + path))
                    .timeout(Duration.ofSeconds(10)).build();
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException e) {
            return null;
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            require(System.nanoTime() < end, "timed out: " + what);
            Thread.sleep(50);
        }
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    /** Logs to a file. This class has another class loader than the jars. */
    static void logTo(Path file) {
        var b = ConfigurationBuilderFactory.newConfigurationBuilder();
        b.add(b.newAppender("file", "File").addAttribute("fileName", file)
                .add(b.newLayout("PatternLayout")
                        .addAttribute("pattern", "%d %p [%t] %c{1}: %m%n")));
        b.add(b.newRootLogger(Level.INFO).add(b.newAppenderRef("file")));
        Configurator.initialize(Node.class.getClassLoader(), b.build());
    }

    void obey(String line, PrintStream out) throws Exception {
        String[] words = line.trim().split(" +");
        require(words.length == 2, "no such command: " + line);
        int number = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "stop":
                members.get(number - 1).stop();
                out.println("STOPPED " + number);
                break;
            case "start":
                start(number);
                out.println("STARTED " + number);
                break;
            default:
                throw new IllegalArgumentException("no such command: " + line);
        }
    }

    static void run(String[] args, PrintStream out) throws Exception {
        require(args.length == 1 || args.length == 2, "usage: Launcher.java FOLDER [NODES]");
        Path folder = Path.of(args[0]).toAbsolutePath();
        logTo(folder.resolve("cluster.log"));
        var cluster = new Launcher(folder, args.length == 2 ? Integer.parseInt(args[1]) : 3);
        for (Member m : cluster.members) {
            m.start();
        }
        cluster.awaitGreen();
        cluster.checkModules();
        out.println("READY "
                + cluster.members.stream().map(m -> m.url).collect(Collectors.joining(" ")));

        var in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null && !line.trim().equals("quit"); ) {
            cluster.obey(line, out);
        }
        for (Member m : cluster.members) {
            if (m.runs()) {
                m.stop();
            }
        }
    }

    public static void main(String[] args) {
        // Libraries may print; only the protocol may go to stdout.
        PrintStream out = new PrintStream(System.out, true);
        System.setOut(System.err);
        try {
            run(args, out);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }
}
