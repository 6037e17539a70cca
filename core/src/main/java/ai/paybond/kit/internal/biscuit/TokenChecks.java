package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;

import biscuit.format.schema.Schema;
import io.vavr.Tuple2;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.biscuitsec.biscuit.datalog.Check;
import org.biscuitsec.biscuit.datalog.Fact;
import org.biscuitsec.biscuit.datalog.FactSet;
import org.biscuitsec.biscuit.datalog.Origin;
import org.biscuitsec.biscuit.datalog.Predicate;
import org.biscuitsec.biscuit.datalog.Rule;
import org.biscuitsec.biscuit.datalog.SchemaVersion;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.datalog.TrustedOrigins;
import org.biscuitsec.biscuit.error.Error;

/**
 * A token's facts and checks, made ready once, so that a call costs only its own facts and the queries. What a query answers
 * is the library's to say; which queries there are and which blocks' facts each of them sees is simple in a token that
 * {@link TokenShape} let through, which has neither rules nor scopes. A test holds the answers against those of the
 * library's authorizer. Thread-safe: nothing here is changed after construction, and each query has a world of its own.
 */
final class TokenChecks {

    private final SymbolTable symbols = new SymbolTable();
    private final List<Tuple2<Origin, Fact>> facts = new ArrayList<>();
    private final List<BlockCheck> checks = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private boolean unreadable;

    private record BlockCheck(Check.Kind kind, long block, TrustedOrigins seen, List<Query> queries) {}

    /** @param stated those of the token's facts that the query can see and that go by a name in it */
    private record Query(Rule rule, Set<Long> names, List<Tuple2<Origin, Fact>> stated) {}

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
            facts.add(new Tuple2<>(
                    new Origin(number),
                    org.biscuitsec.biscuit.token.builder.Fact.convert_from(fact, written)
                            .convert(symbols)));
        }
        TrustedOrigins seen = TrustedOrigins.defaultOrigins();
        if (number > 0) {
            seen = TrustedOrigins.fromScopes(List.of(), seen, number, new HashMap<>());
        }
        for (Check check : asked) {
            Check translated = org.biscuitsec.biscuit.token.builder.Check.convert_from(check, written)
                    .convert(symbols);
            checks.add(new BlockCheck(translated.kind(), number, seen, queries(translated, seen)));
        }
    }

    private List<Query> queries(Check check, TrustedOrigins seen) {
        List<Query> queries = new ArrayList<>();
        for (Rule query : check.queries()) {
            queries.add(query(query, seen));
        }
        return queries;
    }

    /** Called in the order of the blocks: a query sees no fact of a block after its own. */
    private Query query(Rule rule, TrustedOrigins seen) {
        Set<Long> names = rule.body().stream().map(Predicate::name).collect(Collectors.toUnmodifiableSet());
        List<Tuple2<Origin, Fact>> stated = facts.stream()
                .filter(fact -> names.contains(fact._2.predicate().name()) && seen.contains(fact._1))
                .toList();
        names.forEach(name -> asked.add(symbols.print_symbol(name.intValue())));
        return new Query(rule, names, stated);
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
        SymbolTable names = new SymbolTable(symbols);
        Map<Long, List<Fact>> called = ambient.stated(asked, names);
        for (BlockCheck check : checks) {
            if (!holds(check, called, names, begun, limit.toNanos())) {
                return false;
            }
        }
        return !unreadable;
    }

    private static boolean holds(
            BlockCheck check, Map<Long, List<Fact>> called, SymbolTable names, long begun, long limitNanos)
            throws Error {
        for (Query query : check.queries) {
            FactSet world = new World(query, called);
            boolean matches = check.kind == Check.Kind.All
                    ? query.rule.check_match_all(world, check.seen, names)
                    : query.rule.find_match(world, check.block, check.seen, names);
            if (System.nanoTime() - begun >= limitNanos) {
                throw new Error.Timeout();
            }
            if (matches) {
                return true;
            }
        }
        return false;
    }

    /**
     * What one query sees. The library goes through its whole world for each name in a query, and only then looks at the name
     * and at who stated it, so it is given nothing else to go through.
     */
    private static final class World extends FactSet {

        private final List<Tuple2<Origin, Fact>> facts;

        World(Query query, Map<Long, List<Fact>> called) {
            facts = new ArrayList<>(query.stated);
            Origin caller = Origin.authorizer();
            for (Long name : query.names) {
                called.getOrDefault(name, List.of()).forEach(fact -> facts.add(new Tuple2<>(caller, fact)));
            }
        }

        @Override
        @SuppressWarnings("rawtypes") // as the library declares it
        public Stream stream(TrustedOrigins seen) {
            return facts.stream();
        }
    }
}
