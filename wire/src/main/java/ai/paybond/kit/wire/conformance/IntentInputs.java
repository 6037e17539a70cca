package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;

/** Reads the inputs that all intent vectors share. */
final class IntentInputs {
    private IntentInputs() {}

    static SignedIntent sign(JsonObject input, IntentVersion version) {
        SigningKey principal = SigningKey.fromSeedHex(VectorEntry.text(input, "principal_seed_hex"));
        return statement(input, version).sign(principal, version, Strictness.PEER);
    }

    static IntentStatement statement(JsonObject input, IntentVersion version) {
        IntentStatement.Builder intent = IntentStatement.builder()
                .tenantId(VectorEntry.text(input, "tenant_id"))
                .intentId(VectorEntry.text(input, "intent_id"))
                .principalDid(VectorEntry.text(input, "principal_did"))
                .payeeDid(VectorEntry.text(input, "payee_did"))
                .amountCents(integer(input, "amount_cents"))
                .currency(VectorEntry.text(input, "currency"))
                .deadline(VectorEntry.text(input, "deadline"))
                .budget(VectorEntry.parse(VectorEntry.text(input, "budget_json")))
                .evidenceSchema(VectorEntry.parse(VectorEntry.text(input, "evidence_schema_json")))
                .predicateRef(input.string("predicate_ref").orElse(""))
                .allowedTools(
                        input.array("allowed_tools").flatMap(JsonArray::strings).orElseThrow())
                .settlementRail(input.string("settlement_rail").orElse(null))
                .completionPresetId(input.string("completion_preset_id").orElse(null));
        input.string("predicate_json").ifPresent(json -> intent.predicate(VectorEntry.parse(json)));
        input.object("completion_contract").ifPresent(contract -> intent.completionContract(contract(contract)));
        if (version.bindsPayeeKey()) {
            intent.payeeKey(SigningKey.fromSeedHex(VectorEntry.text(input, "payee_seed_hex"))
                    .publicKey());
        }
        bindPolicy(intent, input);
        return intent.build();
    }

    /** Amounts and sequence numbers are longs in the API, so a fraction cannot even be asked for. */
    private static long integer(JsonObject input, String member) {
        return input.integer(member).orElseThrow(() -> new WireException("integer", "not an exact integer"));
    }

    private static void bindPolicy(IntentStatement.Builder intent, JsonObject input) {
        input.object("published_policy_head").ifPresent(head -> {
            JsonObject binding = input.object("policy_binding").orElseThrow();
            PublishedPolicy policy = head(head);
            policy.bind(VectorEntry.text(binding, "templateId"), integer(binding, "versionSeq"));
            intent.policy(policy);
        });
        input.string("policy_template_id")
                .ifPresent(template -> intent.policyBinding(PolicyBinding.of(
                        template,
                        integer(input, "policy_version_seq"),
                        VectorEntry.text(input, "policy_content_digest_hex"))));
    }

    private static PublishedPolicy head(JsonObject head) {
        PolicyBinding binding = PolicyBinding.of(
                VectorEntry.text(head, "templateId"),
                integer(head, "versionSeq"),
                VectorEntry.text(head, "policyContentDigestHex"));
        return new PublishedPolicy(binding, VectorEntry.parse(VectorEntry.text(head, "materializedPredicate")));
    }

    static CompletionContract contract(JsonObject contract) {
        return CompletionContract.of(
                VectorEntry.text(contract, "completionPresetId"),
                contract.string("vendorContractProvider").orElse(""),
                contract.string("vendorApiVersion").orElse(""),
                contract.string("vendorSchemaDigestHex").orElse(""),
                contract.string("canonicalSchemaDigestHex").orElse(""));
    }
}
