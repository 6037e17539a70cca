package ai.paybond.kit.benchmarks;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kit's verifier, with tokens that it sees for the first time and with one that it knows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CapabilityBenchmark {

    /** More than a verifier remembers, so that in this order none is ever remembered. */
    private static final int TOO_MANY = 96;

    @Param({"0", "1", "3", "8"})
    public int blocks;

    private final CapabilityVerifier verifier = Tokens.verifier(Tokens.CLOCK);
    private final CapabilityRequest request = Tokens.request();
    private List<CapabilityToken> tokens = List.of();
    private int next;

    @Setup
    public void mint() {
        tokens = Tokens.different(TOO_MANY, blocks).stream()
                .map(Tokens::capability)
                .toList();
    }

    private CapabilityToken unknown() {
        next = (next + 1) % TOO_MANY;
        return tokens.get(next);
    }

    /** Reads a token and checks shape, signatures and grant; evaluates none of its checks. */
    @Benchmark
    public CapabilityVerdict parseAndVerify() {
        return verified(verifier.admit(unknown(), Tokens.TENANT, Tokens.INTENT));
    }

    /** All that a call needs, for a token that was never seen. */
    @Benchmark
    public CapabilityVerdict cold() {
        return verified(verifier.verify(unknown(), request));
    }

    /** All that a call needs, for a token that was seen before: expiry, revocation, grant and checks. */
    @Benchmark
    public CapabilityVerdict repeated() {
        return verified(verifier.verify(tokens.get(0), request));
    }

    private static CapabilityVerdict verified(CapabilityVerdict verdict) {
        if (verdict instanceof CapabilityVerdict.Verified) {
            return verdict;
        }
        throw new IllegalStateException(verdict.toString());
    }
}
