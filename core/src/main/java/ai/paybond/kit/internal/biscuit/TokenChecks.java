package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;

import biscuit.format.schema.Schema;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.biscuitsec.biscuit.datalog.Check;
import org.biscuitsec.biscuit.datalog.Fact;
import org.biscuitsec.biscuit.datalog.FactSet;
import org.biscuitsec.biscuit.datalog.Origin;
import org.biscuitsec.biscuit.datalog.Rule;
import org.biscuitsec.biscuit.datalog.SchemaVersion;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.datalog.TrustedOrigins;
import org.biscuitsec.biscuit.error.Error;

/**
 * A token's facts and checks, made ready once, so that a call costs only its own facts and the queries. What a query answers
 * is the library's to say; which queries there are and which blocks' facts each of them sees is simple in a token that
 * {@link TokenShape} let through, which has neither rules nor scopes. A test holds the answers against those of the
 * library's authorizer. Thread-safe: nothing here is changed after construction, and each evaluation has a world of its own.
 */
final class TokenChecks {

    private final SymbolTable symbols = new SymbolTable();
    private final FactSet facts = new FactSet();
    private final List<BlockCheck> checks = new ArrayList<>();
    private boolean unreadable;

    private record BlockCheck(Check check, long block, TrustedOrigins seen) {}

    private TokenChecks() {}

    static TokenChecks of(TokenShape token) throws RejectedTokenException {
        TokenChecks prepared = new TokenChecks();
        prepared.symbols.symbols.addAll(token.symbols().table().symbols);
        for (int i = 0; i < token.blocks().size(); i++) {
            prepared.add(i, token.blocks().get(i), token.symbolsOf(i).table());
        }
        return prepared;
    }

    private void add(int number, Schema.Block block, SymbolTable written) throws RejectedTokenException {
        List<Fact> stated = read(block.getFactsV2List(), Fact::deserializeV2);
        List<Check> asked = read(block.getChecksV2List(), Check::deserializeV2);
        SchemaVersion features = new SchemaVersion(stated, List.of(), asked, List.of());
        if (features.checkCompatibility(block.getVersion()).isLeft()) {
            throw malformed("a block uses what its version does not have");
        }
        try {
            translate(number, stated, asked, written);
        } catch (RuntimeException | StackOverflowError e) {
            unreadable = true; // such as an expression that is no tree; the library fails when it gets there
        }
    }

    private void translate(int number, List<Fact> stated, List<Check> asked, SymbolTable written) {
        for (Fact fact : stated) {
            facts.add(
                    new Origin(number),
                    org.biscuitsec.biscuit.token.builder.Fact.convert_from(fact, written)
                            .convert(symbols));
        }
        TrustedOrigins seen = TrustedOrigins.defaultOrigins();
        if (number > 0) {
            seen = TrustedOrigins.fromScopes(List.of(), seen, number, new HashMap<>());
        }
        for (Check check : asked) {
            Check translated = org.biscuitsec.biscuit.token.builder.Check.convert_from(check, written)
                    .convert(symbols);
            checks.add(new BlockCheck(translated, number, seen));
        }
    }

    private interface Reader<S, T> {
        Either<Error.FormatError, T> read(S encoded);
    }

    private static <S, T> List<T> read(List<S> encoded, Reader<S, T> reader) throws RejectedTokenException {
        List<T> read = new ArrayList<>();
        try {
            for (S element : encoded) {
                read.add(reader.read(element).get());
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw malformed("the token cannot be read");
        }
        return read;
    }

    /**
     * Whether every check holds over the token's facts and these.
     *
     * @param limit looked at after each query
     * @throws Error.Timeout when the limit is over
     * @throws Error when a query cannot be answered
     */
    boolean hold(AmbientFacts ambient, Duration limit) throws Error {
        long begun = System.nanoTime();
        FactSet world = facts.clone();
        SymbolTable names = new SymbolTable(symbols);
        ambient.stateTo(world, names);
        for (BlockCheck check : checks) {
            if (!holds(check, world, names, begun, limit.toNanos())) {
                return false;
            }
        }
        return !unreadable;
    }

    private static boolean holds(BlockCheck asked, FactSet world, SymbolTable names, long begun, long limitNanos)
            throws Error {
        for (Rule query : asked.check.queries()) {
            boolean matches = asked.check.kind() == Check.Kind.All
                    ? query.check_match_all(world, asked.seen, names)
                    : query.find_match(world, asked.block, asked.seen, names);
            if (System.nanoTime() - begun >= limitNanos) {
                throw new Error.Timeout();
            }
            if (matches) {
                return true;
            }
        }
        return false;
    }
}
