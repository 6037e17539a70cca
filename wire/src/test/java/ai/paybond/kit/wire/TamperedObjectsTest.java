package ai.paybond.kit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.export.ScittStatement;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import ai.paybond.kit.wire.receipt.ValidityTier;
import ai.paybond.kit.wire.sep2828.Sep2828Pair;
import ai.paybond.kit.wire.sep2828.Sep2828Record;
import ai.paybond.kit.wire.x402.X402Receipt;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is signed, no member of it can be touched. Trust is pinned to the key that really signed. */
class TamperedObjectsTest {
    static Stream<Arguments> signedObjects() {
        TrustedKeys log =
                Samples.ownKey(Samples.inclusionProof().object("tree_head").orElseThrow());
        TrustedKeys server =
                Samples.ownKey(Samples.decisionRecord().object("issuerAsserted").orElseThrow());
        TrustedKeys operator = Samples.ownKey(
                Samples.attestedReceipt().object("operator_attestation").orElseThrow());
        AgentReceipt included = AgentReceipt.of(Samples.agentReceipt());
        JsonObject decided = Samples.decisionRecord();
        String payer = Samples.typedReceiptSigner();
        return Stream.of(
                signed("mandate", Samples.mandate(), (json, keys) -> AgentMandate.verify(json, keys, Samples.CLOCK)),
                signed(
                        "authorization receipt",
                        Samples.authorizationReceipt(),
                        (json, keys) -> AuthorizationReceipt.verify(json, keys, Samples.CLOCK)),
                signed("settlement receipt", Samples.settlementReceipt(), SettlementReceipt::verify),
                signed("agent receipt", Samples.agentReceipt(), TamperedObjectsTest::agentReceipt),
                signed("linked receipt", Samples.linkedReceipt(), TamperedObjectsTest::agentReceipt),
                signed(
                        "attested receipt",
                        Samples.attestedReceipt(),
                        (json, keys) -> AgentReceipt.verify(
                                json, ReceiptTrust.in(keys).operators(operator).requiring(ValidityTier.ATTESTED))),
                signed("audit manifest", Samples.auditManifest(), AuditManifest::verify),
                signed("SCITT export", Samples.scittExport(), ScittStatement::verify),
                arguments(
                        "decision record",
                        Samples.decisionRecord(),
                        verifier(json -> Sep2828Record.verify(json, server))),
                arguments(
                        "outcome record",
                        Samples.outcomeRecord(),
                        verifier(json -> Sep2828Pair.verify(decided, json, server))),
                arguments(
                        "typed x402 receipt",
                        Samples.typedReceipt(),
                        verifier(json -> X402Receipt.verify(json, payer))),
                arguments(
                        "inclusion proof",
                        Samples.inclusionProof(),
                        verifier(json -> InclusionProof.verify(json, included, log))));
    }

    private static Verdict<AgentReceipt> agentReceipt(JsonObject json, TrustedKeys keys) {
        return AgentReceipt.verify(json, ReceiptTrust.in(keys));
    }

    private static Arguments signed(String name, JsonObject object, Verifier verifier) {
        TrustedKeys keys = Samples.ownKey(object);
        return arguments(name, object, verifier(json -> verifier.verify(json, keys)));
    }

    private static Function<JsonObject, Verdict<?>> verifier(Function<JsonObject, Verdict<?>> verifier) {
        return verifier;
    }

    private interface Verifier {
        Verdict<?> verify(JsonObject json, TrustedKeys keys);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signedObjects")
    void acceptsTheObjectItself(String name, JsonObject object, Function<JsonObject, Verdict<?>> verifier) {
        Verdict<?> verdict = verifier.apply(object);

        assertThat(verdict.code()).isEqualTo("valid");
        assertThat(verdict.checks()).isNotEmpty().allMatch(Check::passed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signedObjects")
    void refusesAChangeOfAnyMember(String name, JsonObject object, Function<JsonObject, Verdict<?>> verifier) {
        assertAllRefused(object, Tampering.members(object), verifier);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signedObjects")
    void refusesAChangeOfASingleBit(String name, JsonObject object, Function<JsonObject, Verdict<?>> verifier) {
        assertAllRefused(object, Tampering.bits(object), verifier);
    }

    private static void assertAllRefused(
            JsonObject object, List<Tampering.Change> changes, Function<JsonObject, Verdict<?>> verifier) {
        Verdict<?> original = verifier.apply(object);
        List<String> accepted = changes.stream()
                .filter(change -> saysSomethingElse(original, verifier.apply(change.object())))
                .map(Tampering.Change::description)
                .toList();
        assertThat(changes).hasSizeGreaterThan(20);
        assertThat(accepted).isEmpty();
    }

    /** Agent receipts may leave out what is empty; the verified receipt is then still the same. */
    private static boolean saysSomethingElse(Verdict<?> original, Verdict<?> changed) {
        if (changed instanceof Verdict.Invalid<?>) {
            return false;
        }
        return !(original.orThrow() instanceof AgentReceipt before
                && changed.orThrow() instanceof AgentReceipt after
                && before.toJson().equals(after.toJson()));
    }
}
