package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.grantWith;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifier;

import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are signed properly, yet made to confuse, exhaust or outwit whoever reads them. */
class HostileTokenTest {

    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    @Test
    void refusesUnknownFieldsAnywhere() {
        Schema.Biscuit genuine = TokenForge.authority(GRANT).container();
        Schema.Biscuit atTop = genuine.toBuilder().setUnknownFields(UNKNOWN).build();
        Schema.Biscuit inside = genuine.toBuilder()
                .setProof(genuine.getProof().toBuilder().setUnknownFields(UNKNOWN))
                .build();

        assertRefused(verify(atTop), DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(verify(inside), DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().setUnknownFields(UNKNOWN))),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesKeysOfAnotherAlgorithm() {
        Schema.Biscuit genuine = TokenForge.authority(GRANT).container();
        Schema.PublicKey p256 = Schema.PublicKey.newBuilder()
                .setKey(genuine.getAuthority().getNextKey().getKey())
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .buildPartial();
        Schema.Biscuit token = genuine.toBuilder()
                .setAuthority(
                        genuine.getAuthority().toBuilder().setNextKey(p256).buildPartial())
                .buildPartial();

        assertRefused(
                verifier().verify(TokenForge.token(token.toByteArray()), request()), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesThirdPartyBlocks() {
        Schema.Biscuit.Builder token = TokenForge.authority(GRANT).block("check if true").container().toBuilder();
        token.getBlocksBuilder(0)
                .setExternalSignature(Schema.ExternalSignature.newBuilder()
                        .setSignature(token.getBlocks(0).getSignature())
                        .setPublicKey(token.getBlocks(0).getNextKey()));

        assertRefused(verify(token.build()), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 6, 7, -1})
    void refusesBlocksOfAnotherVersion(int version) {
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().setVersion(version))),
                DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().clearVersion())),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant(\"tenant-b\")",
                "operation(\"travel.book_flight\")",
                "max_spend_cents(99999999)",
                "request_spend_cents(0)",
                "harmless(1)"
            })
    void refusesFactsInALaterBlock(String fact) {
        assertRefused(verify(TokenForge.authority(GRANT).block(fact)), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesRulesInAnyBlock() {
        String rule = "request_operation($o) <- operation($o)";

        assertRefused(verify(TokenForge.authority(GRANT).block(rule)), DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(verify(TokenForge.authority(grantWith(rule))), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check if request_operation($o), $o.matches(\"(a{1000}){1000}\")",
                "check if request_operation($o), $o.matches(\"travel.*\")",
                "check if request_spend_cents($s), $s != 7",
                "check if true trusting authority",
                "check if true trusting previous"
            })
    void refusesOperatorsAndScopesThatCannotBeTrusted(String check) {
        assertRefused(verify(TokenForge.authority(GRANT).block(check)), DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(verify(TokenForge.authority(grantWith(check))), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesScopesAndKeysOfABlock() {
        Schema.Scope previous = Schema.Scope.newBuilder()
                .setScopeType(Schema.Scope.ScopeType.Previous)
                .build();

        assertRefused(
                verify(TokenForge.authority(GRANT)
                        .block(narrowing().addScope(previous).setVersion(4))),
                DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(
                verify(TokenForge.authority(GRANT)
                        .block(narrowing().addPublicKeys(TokenForge.publicKey(ByteString.copyFrom(new byte[32]))))),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesMoreThanNineBlocks() {
        TokenForge forge = TokenForge.authority(GRANT);
        for (int i = 0; i < 8; i++) {
            forge.block("check if true");
        }
        assertVerified(verify(forge));
        assertRefused(verify(forge.block("check if true")), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesHundredsOfBlocks() {
        TokenForge forge = TokenForge.authority(GRANT);
        for (int i = 0; i < 300; i++) {
            forge.block("check if true");
        }
        assertRefused(verify(forge), DenyCodes.CAPABILITY_TOO_LARGE);
    }

    @Test
    void refusesManyFacts() {
        String[] facts = IntStream.range(0, 65 - factsOfGrant())
                .mapToObj(i -> "f(" + i + ")")
                .toArray(String[]::new);
        String[] oneLess = java.util.Arrays.copyOf(facts, facts.length - 1);

        assertVerified(verify(TokenForge.authority(grantWith(oneLess))));
        assertRefused(verify(TokenForge.authority(grantWith(facts))), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesManySymbols() {
        Schema.Block.Builder block = narrowing();
        IntStream.range(0, 257).forEach(i -> block.addSymbols("x" + i));

        assertRefused(verify(TokenForge.authority(GRANT).block(block)), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesLongSymbols() {
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().addSymbols("x".repeat(1025)))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertVerified(verify(TokenForge.authority(GRANT).block(narrowing().addSymbols("x".repeat(1024)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "read", "request_tenant"})
    void refusesSymbolsThatAreDefinedAlready(String symbol) {
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().addSymbols(symbol))),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesSymbolsThatAreNoText() {
        Schema.Block.Builder block =
                narrowing().addSymbolsBytes(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xfe}));

        assertRefused(verify(TokenForge.authority(GRANT).block(block)), DenyCodes.CAPABILITY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {28, 1023, 5000, -1, 1L << 32, (1L << 32) + 8})
    void refusesReferencesToUndefinedSymbols(long reference) {
        assertRefused(verify(withTerm(term().setString(reference))), DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(
                verify(TokenForge.authority(GRANT)
                        .block(query(Schema.RuleV2.newBuilder().setHead(predicate(reference))))),
                DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesReferencesToSymbolsOfALaterBlock() {
        TokenForge forge = TokenForge.authority(GRANT);
        long next = 1024 + forge.compile().getSymbolsCount() + symbolsOf(forge);
        forge.block(query(Schema.RuleV2.newBuilder().setHead(predicate(next))))
                .block(narrowing().addSymbols("late"));

        assertRefused(verify(forge), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesSetsInSets() {
        Schema.TermV2.Builder nested = term().setSet(setOf(term().setInteger(1)));

        assertRefused(verify(withTerm(term().setSet(setOf(nested)))), DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(verify(withTerm(term().setSet(setOf(term().setVariable(0))))), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesDeepNesting() {
        Schema.TermV2.Builder deep = term().setInteger(1);
        for (int i = 0; i < 150; i++) {
            deep = term().setSet(setOf(deep));
        }
        assertRefused(verify(withTerm(deep)), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesLargeSets() {
        assertVerified(verify(TokenForge.authority(GRANT).block(inSetOf(64))));
        assertRefused(verify(TokenForge.authority(GRANT).block(inSetOf(65))), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesEmptyTermsAndOperators() {
        assertRefused(verify(withTerm(term())), DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(verify(withOperator(Schema.Op.newBuilder())), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesLongByteStringsAndContexts() {
        assertRefused(
                verify(withTerm(term().setBytes(ByteString.copyFrom(new byte[1025])))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(TokenForge.authority(GRANT).block(narrowing().setContext("x".repeat(257)))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesFactsWithVariables() {
        TokenForge forge = TokenForge.signedBy(ROOT);
        Schema.Block grant = forge.compile(GRANT.toArray(String[]::new));
        Schema.Block.Builder open = grant.toBuilder();
        open.getFactsV2Builder(0).getPredicateBuilder().setTerms(0, term().setVariable(5));

        assertRefused(verify(forge.block(open)), DenyCodes.CAPABILITY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 40})
    void refusesManyChecks(int checks) {
        String[] lines = Collections.nCopies(checks, "check if true").toArray(String[]::new);

        assertRefused(verify(TokenForge.authority(GRANT).block(lines)), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesManyQueriesInACheck() {
        assertVerified(verify(TokenForge.authority(GRANT).block("check if false or false or false or true")));
        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if false or false or false or false or true")),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesLongQueries() {
        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if true" + ", true".repeat(8))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if 0 < 1" + " + 1".repeat(16))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if p(1, 2, 3, 4, 5, 6, 7, 8, 9)")),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesJoinsOfThreeInALaterBlock() {
        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if tenant($a), intent($b), payee($c)")),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesANeverTrueJoinOverTheArguments() {
        String bomb = "arg($p, $v), arg($q, $w), $v == $w, $p == \"no such argument\"";

        assertRefused(
                verify(TokenForge.authority(GRANT).block("check if " + String.join(" or ", bomb, bomb, bomb))),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(
                verify(TokenForge.authority(GRANT)
                        .block("check all " + bomb, "check all " + bomb, "check all " + bomb)),
                DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @Test
    void refusesANeverTrueJoinOverTheIssuersFacts() {
        String[] lines = IntStream.range(0, 17).mapToObj(i -> "f(" + i + ")").toArray(String[]::new);
        lines[16] = "check if f($a), f($b), f($c), f($d), $a + $b + $c + $d < 0";

        assertRefused(verify(TokenForge.authority(grantWith(lines))), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check if 1 / 0 > 0",
                "check if 9223372036854775807 + 1 > 0",
                "check if request_spend_cents($s), $s > \"a\"",
                "check if request_spend_cents($s), $s",
                "check if request_tenant($t), $t < 5",
                "check if no_such_fact($x)",
                "check if request_spend_cents($s), $unbound < 5"
            })
    void refusesChecksThatCannotBeEvaluated(String check) {
        assertRefused(verify(TokenForge.authority(GRANT).block(check)), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void refusesExpressionsThatUnderflowTheStack() {
        Schema.Op.Builder and =
                Schema.Op.newBuilder().setBinary(Schema.OpBinary.newBuilder().setKind(Schema.OpBinary.Kind.And));

        assertRefused(verify(withOperator(and)), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void refusesChecksWithoutAQuery() {
        Schema.Block.Builder block = Schema.Block.newBuilder().setVersion(3).addChecksV2(Schema.CheckV2.newBuilder());

        assertRefused(verify(TokenForge.authority(GRANT).block(block)), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void refusesFailingChecksWithDatesThatCannotBePrinted() {
        Schema.RuleV2.Builder query = Schema.RuleV2.newBuilder()
                .setHead(predicate(27))
                .addBody(predicate(27).addTerms(term().setDate(Long.MAX_VALUE)));

        assertRefused(verify(TokenForge.authority(GRANT).block(query(query))), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    private static int factsOfGrant() {
        return (int) GRANT.stream().filter(line -> !line.startsWith("check")).count();
    }

    private static int symbolsOf(TokenForge forge) {
        try {
            return Schema.Block.parseFrom(forge.container().getAuthority().getBlock())
                    .getSymbolsCount();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inSetOf(int size) {
        return IntStream.range(18_700, 18_700 + size)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "check if request_spend_cents($s), [", "].contains($s)"));
    }

    private static Schema.Block.Builder narrowing() {
        return TokenForge.authority(GRANT).compile("check if true").toBuilder();
    }

    private static TokenForge withTerm(Schema.TermV2.Builder term) {
        return TokenForge.authority(GRANT)
                .block(query(Schema.RuleV2.newBuilder()
                        .setHead(predicate(27))
                        .addBody(predicate(27).addTerms(term))));
    }

    private static TokenForge withOperator(Schema.Op.Builder operator) {
        return TokenForge.authority(GRANT)
                .block(query(Schema.RuleV2.newBuilder()
                        .setHead(predicate(27))
                        .addExpressions(Schema.ExpressionV2.newBuilder().addOps(operator))));
    }

    private static Schema.Block.Builder query(Schema.RuleV2.Builder query) {
        return Schema.Block.newBuilder()
                .setVersion(3)
                .addChecksV2(Schema.CheckV2.newBuilder().addQueries(query));
    }

    private static Schema.PredicateV2.Builder predicate(long name) {
        return Schema.PredicateV2.newBuilder().setName(name);
    }

    private static Schema.TermV2.Builder term() {
        return Schema.TermV2.newBuilder();
    }

    private static Schema.TermSet.Builder setOf(Schema.TermV2.Builder element) {
        return Schema.TermSet.newBuilder().addSet(element);
    }

    private static CapabilityVerdict verify(TokenForge forge) {
        return verify(forge.container());
    }

    private static CapabilityVerdict verify(Schema.Biscuit token) {
        return verifier().verify(TokenForge.token(token), request());
    }
}
