package ai.paybond.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** A capability that names its holder is stolen, with everything but the holder's key. */
class StolenCapabilityTest {

    private static final SigningKey HOLDER = SigningKey.fromSeedHex("61".repeat(32));
    private static final SigningKey THIEF = SigningKey.fromSeedHex("62".repeat(32));
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"price_cents\":4200}");

    private final ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("book_hotel")
            .operation("travel.book_hotel")
            .spend(SpendRule.argument("price_cents"))
            .withoutEvidence()
            .build());

    @Test
    void theThiefGetsNowhereAndHarborIsNotEvenAsked() {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = open(sandbox)) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            CapabilityToken stolen =
                    Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(run.capabilityToken());
            CapabilityBinding loot = new CapabilityBinding(run.intentId(), stolen, "usd");

            try (ToolGuard withoutKey = paybond.guard(loot, tools).build();
                    ToolGuard withAnotherKey =
                            paybond.guard(loot, tools).holder(THIEF).build()) {
                assertThatThrownBy(() -> book(withoutKey).orThrow())
                        .extracting("code")
                        .isEqualTo("holder.proof_missing");
                assertThatThrownBy(() -> book(withAnotherKey).orThrow())
                        .extracting("code")
                        .isEqualTo("holder.key_mismatch");
            }
            assertThat(sandbox.records().verifications()).isEmpty();
        }
    }

    @Test
    void theHoldersSignatureIsGoodForItsCallAndOnlyOnce() {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = open(sandbox)) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            CapabilityToken held =
                    Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(run.capabilityToken());
            CapabilityRequest call = new CapabilityRequest(
                    paybond.tenantId(), run.intentId(), "travel.book_hotel", 4_200, "usd", ARGUMENTS);
            HolderProof proof = HolderProof.sign(HOLDER, call, Clock.systemUTC(), new SecureRandom());

            assertThat(paybond.capabilities().verify(held, call.provedBy(proof)))
                    .isInstanceOf(CapabilityVerdict.Verified.class);
            assertThat(paybond.capabilities().verify(held, call.provedBy(proof)))
                    .isInstanceOfSatisfying(
                            CapabilityVerdict.Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("holder.proof_replayed"));
        }
    }

    private static ToolOutcome<String> book(ToolGuard guard) {
        return guard.call(ToolCall.of("book_hotel", null, ARGUMENTS), permitted -> "never runs");
    }

    private static Paybond open(Sandbox sandbox) {
        return Paybond.open(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .build());
    }
}
