package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.Ed25519.EngineName;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
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

/** Evidence signed as a payee signs it, canonical text and digest included, by each engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBenchmark {

    @Param({"200", "4096", "262144"})
    public int bytes;

    @Param({"EDDSA", "BOUNCY_CASTLE", "CORRETTO", "JDK"})
    public EngineName engine = EngineName.EDDSA;

    private EvidenceStatement statement = statement(0);
    private SigningKey payee = SigningKey.fromSeed(new byte[32]);

    @Setup
    public void prepare() {
        statement = statement(bytes);
        payee = SigningKey.fromSeed(new byte[32], Ed25519.using(engine));
    }

    private static EvidenceStatement statement(int bytes) {
        return new EvidenceStatement(
                Tokens.TENANT,
                Tokens.INTENT,
                "did:web:hotel.example",
                Payloads.ofBytes(bytes),
                List.of(),
                "2026-11-21T12:00:00Z");
    }

    @Benchmark
    public SignedEvidence sign() {
        return statement.sign(payee, EvidenceVersion.V2);
    }
}
