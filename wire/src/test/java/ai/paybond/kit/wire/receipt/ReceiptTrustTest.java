package ai.paybond.kit.wire.receipt;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is believed, for how long, and how much. */
class ReceiptTrustTest {
    private static final Clock LATE = Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static TrustedKeys operator() {
        return Samples.ownKey(
                Samples.attestedReceipt().object("operator_attestation").orElseThrow());
    }

    @Test
    void anEmptyListOfKeysTrustsNobody() {
        assertThat(AgentMandate.verify(Samples.mandate(), TrustedKeys.of(), Samples.CLOCK)
                        .code())
                .isEqualTo("mandate.untrusted_key");
        assertThat(SettlementReceipt.verify(Samples.settlementReceipt(), TrustedKeys.of())
                        .code())
                .isEqualTo("settlement_receipt.untrusted_key");
        assertThat(AgentReceipt.verify(Samples.agentReceipt(), ReceiptTrust.in(TrustedKeys.of()))
                        .code())
                .isEqualTo("agent_receipt.untrusted_key");
    }

    @Test
    void withoutPinsTheBestAnswerIsUnpinned() {
        Verdict<AgentMandate> verdict = AgentMandate.verify(Samples.mandate(), TrustedKeys.unpinned(), Samples.CLOCK);

        assertThat(verdict).isInstanceOf(Verdict.ValidUnpinned.class);
        assertThat(verdict.isTrusted()).isFalse();
        assertRefused("valid_unpinned", verdict::orThrow);
    }

    @Test
    void anExpiredMandateIsDeadAtTheVeryInstant() {
        JsonObject mandate = Samples.mandate();
        Clock expiry = Clock.fixed(Instant.parse("2099-01-02T03:04:05Z"), ZoneOffset.UTC);
        Clock before = Clock.offset(expiry, Duration.ofMillis(-1));

        assertThat(AgentMandate.verify(mandate, Samples.ownKey(mandate), before).code())
                .isEqualTo("valid");
        assertThat(AgentMandate.verify(mandate, Samples.ownKey(mandate), expiry).code())
                .isEqualTo("mandate.expired");
    }

    @Test
    void anExpiredAuthorizationReceiptIsRefused() {
        JsonObject receipt = Samples.authorizationReceipt();

        assertThat(AuthorizationReceipt.verify(receipt, Samples.ownKey(receipt), LATE)
                        .code())
                .isEqualTo("authorization_receipt.expired");
    }

    @Test
    void aFractionOfACentIsNoCeiling() {
        JsonObject mandate = Samples.mandate();
        JsonObject half = mandate.with(
                "spend_ceiling", mandate.object("spend_ceiling").orElseThrow().with("amount_minor", 0.5));

        assertRefused("mandate.amount_minor", () -> AgentMandate.of(half));
        assertThat(AgentMandate.of(half, Strictness.PEER).canonicalJson()).contains("\"amount_minor\":0.5");
    }

    @Test
    void anOperatorNobodyVouchesForIsRefused() {
        JsonObject receipt = Samples.attestedReceipt();
        ReceiptTrust gateway = ReceiptTrust.in(Samples.ownKey(receipt));

        assertThat(AgentReceipt.verify(receipt, gateway).code()).isEqualTo("agent_receipt.untrusted_operator");
        assertThat(AgentReceipt.verify(receipt, gateway.operators(operator())).code())
                .isEqualTo("valid");
    }

    @Test
    void anUnpinnedOperatorCountsForNoTier() {
        JsonObject receipt = Samples.attestedReceipt();
        ReceiptTrust trust = ReceiptTrust.in(Samples.ownKey(receipt)).operators(TrustedKeys.unpinned());

        assertThat(AgentReceipt.verify(receipt, trust).code()).isEqualTo("valid");
        assertThat(AgentReceipt.verify(receipt, trust.requiring(ValidityTier.ATTESTED))
                        .code())
                .isEqualTo("agent_receipt.tier");
    }

    @Test
    void tiersAreReachedInOrder() {
        JsonObject full = Samples.agentReceipt();
        ReceiptTrust trust = ReceiptTrust.in(Samples.ownKey(full));

        assertThat(AgentReceipt.verify(full, trust.requiring(ValidityTier.PRIMARY))
                        .code())
                .isEqualTo("valid");
        assertThat(AgentReceipt.verify(full, trust.requiring(ValidityTier.ATTESTED))
                        .code())
                .isEqualTo("agent_receipt.tier");
        assertThat(AgentReceipt.of(Samples.attestedReceipt()).achievedTier(operator()))
                .isEqualTo(ValidityTier.ATTESTED);
        assertRefused("agent_receipt.tier", () -> ValidityTier.of("gold"));
    }

    @Test
    void aReceiptMustFollowTheOneThatIsExpected() {
        JsonObject receipt = Samples.linkedReceipt();
        ReceiptTrust trust = ReceiptTrust.in(Samples.ownKey(receipt));

        assertThat(AgentReceipt.verify(receipt, trust.following(Digest32.ofHex("ef".repeat(32))))
                        .code())
                .isEqualTo("valid");
        assertThat(AgentReceipt.verify(receipt, trust.following(Digest32.of(new byte[32])))
                        .code())
                .isEqualTo("agent_receipt.continuity");
    }

    @Test
    void privateContentDoesNotBelongInAReceipt() {
        JsonObject receipt = Samples.agentReceipt();
        JsonObject execution = receipt.object("execution").orElseThrow().with("tool_arguments", "secret");

        assertRefused("agent_receipt.private_member", () -> AgentReceipt.of(receipt.with("execution", execution)));
    }

    @Test
    void aChainIsNotBuiltOnADigestThatIsNotItsReceipts() {
        JsonObject forged = Samples.agentReceipt().with("message_digest_sha256_hex", "00".repeat(32));
        String run = "660e8400-e29b-41d4-a716-446655440009";

        assertRefused("agent_receipt.digest_mismatch", () -> Continuity.after(forged, run));
        assertThat(Continuity.after(Samples.agentReceipt(), run).sequenceNumber())
                .isEqualTo(2);
        assertRefused("continuity.start", () -> Continuity.requireUnbroken(List.of(Samples.linkedReceipt())));
    }

    @Test
    void anOperatorSignsOnlyItsOwnAgentsVerifiedReceipts() {
        JsonObject receipt = Samples.agentReceipt();
        ReceiptTrust trust = ReceiptTrust.in(Samples.ownKey(receipt));

        JsonObject attestation = OperatorAttestation.sign(receipt, Samples.key(3), "did:web:operator.example", trust);
        JsonObject attested = receipt.with(OperatorAttestation.MEMBER, attestation);

        ReceiptTrust both =
                trust.operators(TrustedKeys.of(Samples.key(3).publicKey())).requiring(ValidityTier.ATTESTED);
        assertThat(AgentReceipt.verify(attested, both).code()).isEqualTo("valid");
        assertRefused(
                "agent_receipt.operator_did",
                () -> OperatorAttestation.sign(receipt, Samples.key(3), "did:web:other", trust));
        assertRefused(
                "agent_receipt.untrusted_key",
                () -> OperatorAttestation.sign(
                        receipt, Samples.key(3), "did:web:operator.example", ReceiptTrust.in(TrustedKeys.of())));
    }

    @Test
    void aLinkOfTheWrongTypeIsNotPassedOver() {
        JsonObject receipt = Samples.linkedReceipt().with("continuity", "none");

        assertRefused("agent_receipt.continuity", () -> Continuity.requireUnbroken(List.of(receipt)));
        Continuity.requireUnbroken(List.of(receipt), Strictness.PEER);
    }
}
