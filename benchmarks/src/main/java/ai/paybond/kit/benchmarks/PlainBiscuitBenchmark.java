package ai.paybond.kit.benchmarks;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.biscuitsec.biscuit.crypto.PublicKey;
import org.biscuitsec.biscuit.datalog.RunLimits;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.Authorizer;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Term;
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

/** The same tokens and the same call by biscuit-java alone, with facts that are built beforehand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlainBiscuitBenchmark {

    private static final int TOKENS = 96;

    @Param({"0", "1", "3", "8"})
    public int blocks;

    private final RunLimits limits = new RunLimits(1_024, 20, Duration.ofSeconds(5));
    private final PublicKey root = Tokens.libraryRootKey().get();
    private final List<Fact> facts = facts();
    private List<byte[]> tokens = List.of();
    private int next;

    @SuppressWarnings("NullAway.Init")
    private Biscuit opened;

    @Setup
    public void mint() throws GeneralSecurityException, Error {
        tokens = Tokens.different(TOKENS, blocks);
        opened = Biscuit.from_bytes(tokens.get(0), root);
    }

    private static List<Fact> facts() {
        return List.of(
                fact("time", new Term.Date(Tokens.NOW.getEpochSecond())),
                fact("request_tenant", new Term.Str(Tokens.TENANT)),
                fact("request_intent", new Term.Str(Tokens.INTENT)),
                fact("request_operation", new Term.Str(Tokens.OPERATION)),
                fact("request_spend_cents", new Term.Integer(18_700)),
                fact("request_currency", new Term.Str("usd")),
                fact("arg", new Term.Str("city"), new Term.Str("Paris")),
                fact("arg", new Term.Str("nights"), new Term.Integer(2)),
                fact("arg", new Term.Str("price_cents"), new Term.Integer(18_700)));
    }

    private static Fact fact(String name, Term... terms) {
        return new Fact(name, List.of(terms));
    }

    private byte[] nextToken() {
        next = (next + 1) % TOKENS;
        return tokens.get(next);
    }

    /** Reads a token and checks its signatures. */
    @Benchmark
    public Biscuit parseAndVerify() throws GeneralSecurityException, Error {
        return Biscuit.from_bytes(nextToken(), root);
    }

    /** Reads a token, checks its signatures and evaluates its checks. */
    @Benchmark
    public long cold() throws GeneralSecurityException, Error {
        return authorize(Biscuit.from_bytes(nextToken(), root));
    }

    /** Evaluates the checks of a token that was read before. */
    @Benchmark
    public long authorizeAlone() throws Error {
        return authorize(opened);
    }

    private long authorize(Biscuit token) throws Error {
        Authorizer authorizer = token.authorizer();
        facts.forEach(authorizer::add_fact);
        return authorizer.allow().authorize(limits);
    }
}
