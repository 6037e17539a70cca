package ai.paybond.kit.wire.intent;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Tampering;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentStatementTest {
    private static final PublishedPolicy POLICY = new PublishedPolicy(
            PolicyBinding.of("completion_v1", 3, "ab".repeat(32)), JsonValue.parse("{\"root\":{\"op\":\"true\"}}"));

    private static final IntentContext CONTEXT = new IntentContext() {
        @Override
        public Optional<PublishedPolicy> publishedPolicy(String templateId, long versionSeq) {
            return Optional.of(POLICY);
        }

        @Override
        public Optional<CompletionContract> completionContract(String presetId) {
            return CompletionCatalog.bundled().contract(presetId);
        }
    };

    private static IntentStatement.Builder raw() {
        return IntentStatement.builder()
                .tenantId("tenant-a")
                .intentId("7f2a9b1e-2f66-4f4f-9c6e-8f4b8e85c401")
                .principalDid("did:principal:1")
                .payeeDid("did:payee:1")
                .amountCents(12_500)
                .currency("usd")
                .deadline("2030-01-02T15:04:05Z")
                .budget(JsonValue.parse("{\"max\":100}"))
                .evidenceSchema(JsonValue.parse("{\"type\":\"object\"}"))
                .predicate(JsonValue.parse("{\"root\":{\"op\":\"true\"}}"))
                .predicateRef("ref-1")
                .allowedTools(List.of("travel.book"))
                .settlementRail(SettlementRails.STRIPE_CONNECT);
    }

    private static IntentStatement.Builder of(IntentVersion version) {
        IntentStatement.Builder intent = raw();
        if (version.bindsPayeeKey()) {
            intent.payeeKey(Samples.key(2).publicKey());
        }
        return version.bindsPolicy() ? intent.policy(POLICY) : intent;
    }

    private static void assertUnsignable(String code, IntentStatement.Builder intent, IntentVersion version) {
        assertRefused(code, () -> intent.build().signBytes(version));
    }

    @ParameterizedTest
    @EnumSource(IntentVersion.class)
    void readsBackEveryGeneration(IntentVersion version) {
        SignedIntent signed = of(version).build().sign(Samples.key(1), version);

        SignedIntent read = SignedIntent.fromBody("tenant-a", JsonObject.parse(signed.bodyJson()), CONTEXT);

        assertThat(read.version()).isEqualTo(version);
        assertThat(read.bodyJson()).isEqualTo(signed.bodyJson());
        assertThat(read.statement().signBytes(version))
                .isEqualTo(signed.statement().signBytes(version));
    }

    @ParameterizedTest
    @EnumSource(IntentVersion.class)
    void acceptsNoChangeThatSignsOtherBytes(IntentVersion version) {
        SignedIntent signed = of(version).build().sign(Samples.key(1), version);
        List<Tampering.Change> changes = new ArrayList<>(Tampering.members(signed.body()));
        changes.addAll(Tampering.bits(signed.body()));

        byte[] original = signed.statement().signBytes(signed.version());
        assertThat(changes).hasSizeGreaterThan(300).noneMatch(change -> signsOtherBytes(original, change.object()));
    }

    private static boolean signsOtherBytes(byte[] original, JsonObject changed) {
        try {
            SignedIntent read = SignedIntent.fromBody("tenant-a", changed, CONTEXT);
            return !Arrays.equals(original, read.statement().signBytes(read.version()));
        } catch (WireException e) {
            return false;
        }
    }

    @Test
    void doesNotTakeTheRailOfGenerationTwoForSigned() {
        SignedIntent signed = of(IntentVersion.V2).build().sign(Samples.key(1), IntentVersion.V2);
        JsonObject redirected = signed.body().with("settlement_rail", "x402_usdc_base");

        assertThat(SignedIntent.fromBody("tenant-a", redirected).version().bindsRail())
                .isFalse();
    }

    @Test
    void refusesTheBodyUnderAnotherTenant() {
        JsonObject body = of(IntentVersion.V6)
                .build()
                .sign(Samples.key(1), IntentVersion.V6)
                .body();

        assertRefused("intent.signature", () -> SignedIntent.fromBody("tenant-b", body));
    }

    @Test
    void findsTheSignedContractOfAPreset() {
        CompletionContract contract =
                CompletionCatalog.bundled().contract("stripe_charge").orElseThrow();
        IntentStatement statement = of(IntentVersion.V6)
                .completionPresetId("stripe_charge")
                .completionContract(contract)
                .build();
        JsonObject body = statement.sign(Samples.key(1), IntentVersion.V6).body();

        SignedIntent read = SignedIntent.fromBody("tenant-a", body, CONTEXT);

        assertThat(read.statement().completionContract()).contains(contract);
        assertRefused("intent.signature", () -> SignedIntent.fromBody("tenant-a", body));
    }

    @Test
    void saysWhenAPresetIsNamedWithoutBeingSigned() {
        SignedIntent signed =
                of(IntentVersion.V6).completionPresetId("stripe_charge").build().sign(Samples.key(1), IntentVersion.V6);

        SignedIntent read = SignedIntent.fromBody("tenant-a", signed.body(), CONTEXT);

        assertThat(read.statement().completionPresetId()).contains("stripe_charge");
        assertThat(read.statement().completionContract()).isEmpty();
    }

    @Test
    void refusesAPolicyThatIsUnknownOrNotTheOneAskedFor() {
        JsonObject body = of(IntentVersion.V7)
                .build()
                .sign(Samples.key(1), IntentVersion.V7)
                .body();
        JsonObject other =
                body.with("policy_binding", JsonValue.parse("{\"template_id\":\"completion_v1\",\"version_seq\":4}"));

        assertRefused("policy.unknown", () -> SignedIntent.fromBody("tenant-a", body));
        assertRefused("policy.head_mismatch", () -> SignedIntent.fromBody("tenant-a", other, CONTEXT));
    }

    @Test
    void refusesAPolicyWhoseDigestChangedSinceSigning() {
        JsonObject body = of(IntentVersion.V7)
                .policyBinding(new PolicyBinding("completion_v1", 3, Digest32.of(new byte[32])))
                .build()
                .sign(Samples.key(1), IntentVersion.V7)
                .body();

        assertRefused("intent.signature", () -> SignedIntent.fromBody("tenant-a", body, CONTEXT));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 8, -1})
    void refusesAGenerationItDoesNotKnow(long version) {
        JsonObject body = of(IntentVersion.V6)
                .build()
                .sign(Samples.key(1), IntentVersion.V6)
                .body();

        assertRefused(
                "intent.signing_version",
                () -> SignedIntent.fromBody("tenant-a", body.with("signing_version", version)));
    }

    @Test
    void refusesWithTheReasonThatComesFirst() {
        IntentStatement.Builder broken =
                of(IntentVersion.V6).intentId("x").amountCents(1L << 53).currency("eur");

        assertUnsignable("tools.empty", broken.allowedTools(List.of()).settlementRail("nope"), IntentVersion.V6);
        assertUnsignable("rail.unknown", broken.allowedTools(List.of("a")), IntentVersion.V6);
        assertUnsignable("currency.unsupported", broken.settlementRail("stripe_mpp"), IntentVersion.V6);
        assertUnsignable("amount.range", broken.settlementRail("stripe_connect"), IntentVersion.V6);
        assertUnsignable("uuid.invalid", broken.amountCents(1), IntentVersion.V6);
    }

    @Test
    void refusesPartsThatAGenerationLacksOrNeeds() {
        assertUnsignable("payee_key.missing", raw(), IntentVersion.V6);
        assertUnsignable("policy.missing", raw().payeeKey(Samples.key(2).publicKey()), IntentVersion.V7);
        assertUnsignable("policy.unexpected", of(IntentVersion.V7), IntentVersion.V6);
        assertUnsignable(
                "completion.unexpected",
                raw().completionContract(CompletionContract.of("p", "", "", "", "")),
                IntentVersion.V4_FIXED);
        assertUnsignable("rail.unknown", raw().settlementRail(null), IntentVersion.V4_FIXED);
        assertUnsignable("rail.unknown", raw().settlementRail("stripe_mpp"), IntentVersion.V4_FIXED);
    }

    @Test
    void refusesWhatOthersWouldSignDifferently() {
        IntentVersion version = IntentVersion.V6;

        assertUnsignable("tools.ascii", of(version).allowedTools(List.of("B\u00fccher")), version);
        assertUnsignable("timestamp.form", of(version).deadline("2030-01-02T15:04:05.000Z"), version);
        assertUnsignable("predicate_ref.blank", of(version).predicateRef("  "), version);
        assertUnsignable("text.surrogate", of(version).payeeDid("\udc00"), version);
        assertUnsignable("canonical.index_key", of(version).budget(JsonValue.parse("{\"0\":1}")), version);
        PolicyBinding beyond = new PolicyBinding("p", 1L << 32, Digest32.of(new byte[32]));
        assertUnsignable("policy.version_seq", of(IntentVersion.V7).policyBinding(beyond), IntentVersion.V7);
    }

    @Test
    void hashesToolsInTheirNormalForm() {
        Digest32 digest = raw().allowedTools(List.of(" B.tool", "a.TOOL", "b.tool"))
                .build()
                .toolsDigest();

        assertThat(digest)
                .isEqualTo(
                        raw().allowedTools(List.of("a.tool", "b.tool")).build().toolsDigest());
    }

    @Test
    void refusesDigestTextWithAPrefixOfItsOwn() {
        assertRefused("policy.digest", () -> PolicyBinding.of("p", 1, "sha256:" + "ab".repeat(32)));
        assertRefused("policy.digest", () -> PolicyBinding.of("p", 1, " "));
        assertRefused("completion.digest", () -> CompletionContract.of("p", "", "", "abc", ""));
    }
}
