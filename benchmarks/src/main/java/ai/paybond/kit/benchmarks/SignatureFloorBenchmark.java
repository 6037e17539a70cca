package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.Ed25519.EngineName;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
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

/** One Ed25519 signature over as much as a block of a token has, by each engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignatureFloorBenchmark {

    private static final int BLOCK_BYTES = 200;

    @Param({"EDDSA", "BOUNCY_CASTLE", "CORRETTO", "JDK"})
    public EngineName engine = EngineName.EDDSA;

    private final byte[] message = new byte[BLOCK_BYTES];
    private byte[] keyBytes = {};
    private byte[] signature = {};

    @SuppressWarnings("NullAway.Init")
    private Ed25519 ed25519;

    @SuppressWarnings("NullAway.Init")
    private SigningKey signer;

    @SuppressWarnings("NullAway.Init")
    private VerifyingKey key;

    @Setup
    public void sign() {
        ed25519 = Ed25519.using(engine);
        signer = SigningKey.fromSeed(new byte[32], ed25519);
        keyBytes = signer.publicKey().bytes();
        key = VerifyingKey.of(keyBytes, ed25519);
        signature = signer.sign(message);
    }

    /** With a key that was decoded before. */
    @Benchmark
    public boolean verify() {
        return key.verify(message, signature);
    }

    /** With a key as a token brings it. */
    @Benchmark
    public boolean decodeAndVerify() {
        return VerifyingKey.of(keyBytes, ed25519).verify(message, signature);
    }

    /** The key alone: that it is canonical and of the prime-order group. */
    @Benchmark
    public VerifyingKey decode() {
        return VerifyingKey.of(keyBytes, ed25519);
    }

    @Benchmark
    public byte[] signOnce() {
        return signer.sign(message);
    }
}
