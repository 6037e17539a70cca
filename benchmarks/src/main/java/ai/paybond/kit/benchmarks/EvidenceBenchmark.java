package ai.paybond.kit.benchmarks;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.erdtman.jcs.JsonCanonicalizer;
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

/** Evidence on its way to a signature: its canonical text and its digest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvidenceBenchmark {

    @Param({"200", "4096", "262144"})
    public int bytes;

    private JsonObject payload = Payloads.ofBytes(0);
    private String text = "";
    private byte[] canonical = {};

    @Setup
    public void prepare() {
        payload = Payloads.ofBytes(bytes);
        text = payload.toJson();
        canonical = CanonicalJson.strictBytes(payload);
    }

    /** The kit's strict canonical form of a value. */
    @Benchmark
    public byte[] canonicalise() {
        return CanonicalJson.strictBytes(payload);
    }

    /** The kit, from text, as the library below has to. */
    @Benchmark
    public byte[] readAndCanonicalise() {
        return CanonicalJson.strictBytes(JsonObject.parse(text));
    }

    /** The reference implementation of RFC 8785, from text. */
    @Benchmark
    public byte[] canonicaliseByErdtman() throws IOException {
        return new JsonCanonicalizer(text).getEncodedUTF8();
    }

    /** BLAKE3, which evidence is signed over. */
    @Benchmark
    public Digest32 digest() {
        return Digest32.blake3(canonical);
    }

    /** The platform's SHA-256, for comparison; processors have instructions for it. */
    @Benchmark
    public Digest32 digestBySha256() {
        return Digest32.sha256(canonical);
    }
}
