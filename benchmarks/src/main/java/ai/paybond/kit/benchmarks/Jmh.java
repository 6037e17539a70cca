package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.ed25519.Ed25519;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs JMH benchmarks, each in a process of its own. */
final class Jmh {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double MICROS = 1_000_000;

    private Jmh() {}

    /** All of a benchmark's methods. */
    static List<Measurement> run(
            Effort effort, Class<?> benchmark, int threads, Map<String, String> params, Map<String, String> labels) {
        return run(effort, benchmark, ".*", threads, params, labels);
    }

    /**
     * @param methods a regular expression for the names of those to run
     * @param params that replace the benchmark's own
     * @param labels of the result; {@code engine} also chooses that of the whole process
     */
    static List<Measurement> run(
            Effort effort,
            Class<?> benchmark,
            String methods,
            int threads,
            Map<String, String> params,
            Map<String, String> labels) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName()) + "\\.(" + methods + ")$")
                .warmupIterations(effort.warmUps())
                .warmupTime(TimeValue.milliseconds(effort.millis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.millis()))
                .threads(threads)
                .forks(effort.equals(Effort.BLINK) ? 0 : 1)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        params.forEach(options::param);
        String engine = labels.get("engine");
        if (engine != null) {
            options.jvmArgsAppend("-D" + Ed25519.ENGINE_PROPERTY + "=" + engine);
        }
        Map<String, String> all = new HashMap<>(labels);
        all.put("threads", Integer.toString(threads));
        return run(options, all);
    }

    private static List<Measurement> run(ChainedOptionsBuilder options, Map<String, String> labels) {
        try {
            return measurements(new Runner(options.build()).run(), labels);
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed", e);
        }
    }

    private static List<Measurement> measurements(Collection<RunResult> results, Map<String, String> labels) {
        List<Measurement> all = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            Map<String, String> params = new HashMap<>(labels);
            for (String key : result.getParams().getParamsKeys()) {
                params.put(key, result.getParams().getParam(key));
            }
            all.add(new Measurement(
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1), params, values(result)));
        }
        return all;
    }

    private static Map<String, Double> values(RunResult result) {
        Statistics times = result.getPrimaryResult().getStatistics();
        Map<String, Double> values = new HashMap<>();
        values.put("min_us", times.getMin());
        values.put("p50_us", times.getPercentile(50));
        values.put("p99_us", times.getPercentile(99));
        values.put("mean_us", times.getMean());
        values.put("per_second", result.getParams().getThreads() * MICROS / times.getMean());
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        if (allocated != null) {
            values.put("bytes_per_op", allocated.getScore());
        }
        return values;
    }
}
