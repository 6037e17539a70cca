package ai.paybond.kit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be measured, by the name that {@code paybond bench} knows it by. */
enum Suite {
    CAPABILITY("a capability: parse, verify, authorize; beside plain biscuit-java and the bare signatures") {
        @Override
        List<Measurement> measure(Effort effort) {
            List<Measurement> all = new ArrayList<>();
            for (String engine : List.of("bouncy_castle", "eddsa", "corretto")) {
                all.addAll(Jmh.run(effort, CapabilityBenchmark.class, 1, Map.of(), Map.of("engine", engine)));
            }
            all.addAll(Jmh.run(effort, PlainBiscuitBenchmark.class, 1, Map.of(), Map.of()));
            all.addAll(Jmh.run(effort, SignatureFloorBenchmark.class, 1, Map.of(), Map.of()));
            return all;
        }
    },
    EVIDENCE("evidence: canonical text, digest, signature; beside other providers") {
        @Override
        List<Measurement> measure(Effort effort) {
            List<Measurement> all = new ArrayList<>();
            all.addAll(Jmh.run(effort, EvidenceBenchmark.class, 1, Map.of(), Map.of()));
            all.addAll(Jmh.run(effort, SigningBenchmark.class, 1, Map.of(), Map.of()));
            return all;
        }
    },
    GUARD("a guarded call over each journal and framework; beside a bare tool call") {
        @Override
        List<Measurement> measure(Effort effort) {
            List<Measurement> all = new ArrayList<>();
            for (JournalKind journal : JournalKind.values()) {
                for (int threads : List.of(1, 8, 64)) {
                    all.addAll(Jmh.run(
                            effort,
                            GuardedCallBenchmark.class,
                            journal == JournalKind.MEMORY
                                    ? ".*"
                                    : "appends|core|langchain4j|springAi", // bare ones have none
                            threads,
                            Map.of("journal", journal.name()),
                            Map.of("engine", "auto")));
                }
            }
            return all;
        }
    },
    HTTP("whole calls over HTTP against the sandbox by 1, 16 and 64 agents; ways to keep connections") {
        @Override
        List<Measurement> measure(Effort effort) {
            List<Measurement> all = new ArrayList<>();
            for (int agents : List.of(1, 16, 64)) {
                all.addAll(Jmh.run(effort, WholeCallBenchmark.class, agents, Map.of(), Map.of("engine", "auto")));
                all.addAll(Jmh.run(effort, ConnectionBenchmark.class, agents, Map.of(), Map.of()));
            }
            return all;
        }
    },
    GROWTH("a guarded call with up to a million journaled calls, and with up to ten thousand open runs") {
        @Override
        List<Measurement> measure(Effort effort) {
            List<Measurement> all = new ArrayList<>();
            all.addAll(Jmh.run(effort, GrownJournalBenchmark.class, 1, Map.of(), Map.of("engine", "auto")));
            all.addAll(Jmh.run(effort, BacklogBenchmark.class, 1, Map.of(), Map.of("engine", "auto")));
            all.addAll(OpenRuns.measure(effort));
            return all;
        }
    },
    FLEET("guarded calls by 1, 2 and 4 processes over one PostgreSQL") {
        @Override
        List<Measurement> measure(Effort effort) {
            return Fleet.measure(effort);
        }
    };

    private final String description;

    Suite(String description) {
        this.description = description;
    }

    abstract List<Measurement> measure(Effort effort);

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
