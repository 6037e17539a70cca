package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.BodyReader;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rebuilds the statement behind a body and finds the reading that its signature fits. */
final class IntentBodyReader {
    private final String tenantId;
    private final BodyReader body;
    private final IntentContext context;

    IntentBodyReader(String tenantId, JsonObject body, IntentContext context) {
        this.tenantId = tenantId;
        this.body = new BodyReader("intent", body);
        this.context = context;
    }

    SignedIntent read() {
        List<IntentVersion> versions = versions(body.integer("signing_version"));
        VerifyingKey principal = body.key("principal_pubkey");
        byte[] signature = body.signature("principal_signature");
        for (IntentVersion version : versions) {
            for (IntentStatement statement : readings(version)) {
                if (principal.verify(statement.signBytes(version), signature)) {
                    return new SignedIntent(statement, version, principal, signature);
                }
            }
        }
        throw new WireException("intent.signature", "the principal's signature does not fit");
    }

    private List<IntentVersion> versions(long signingVersion) {
        List<IntentVersion> versions = new ArrayList<>();
        for (IntentVersion version : IntentVersion.values()) {
            if (version.signingVersion() == signingVersion) {
                versions.add(version);
            }
        }
        if (versions.isEmpty()) {
            throw body.refuse("signing_version");
        }
        // the fixed reading of 4 knows fewer rails; with another rail only the varint reading can fit
        versions.removeIf(version -> version == IntentVersion.V4_FIXED && !version.knowsRail(rail()));
        return versions;
    }

    private String rail() {
        return body.string("settlement_rail", "");
    }

    /** With the contract of the named preset first: it is the stronger reading. */
    private List<IntentStatement> readings(IntentVersion version) {
        IntentStatement plain = statement(version);
        Optional<CompletionContract> contract = version.isFixed()
                ? Optional.empty()
                : plain.completionPresetId().flatMap(context::completionContract);
        return contract.map(found -> List.of(plain.withCompletionContract(found), plain))
                .orElseGet(() -> List.of(plain));
    }

    private IntentStatement statement(IntentVersion version) {
        IntentStatement.Builder intent = IntentStatement.builder()
                .tenantId(tenantId)
                .intentId(body.string("intent_id"))
                .principalDid(body.string("principal_did"))
                .payeeDid(body.string("payee_did"))
                .amountCents(body.integer("amount_cents"))
                .currency(body.string("currency"))
                .deadline(body.string("deadline"))
                .budget(body.value("budget"))
                .evidenceSchema(body.value("evidence_schema"))
                .predicateRef(body.string("predicate_ref", ""))
                .allowedTools(body.strings("allowed_tools"))
                .settlementRail(body.optionalString("settlement_rail"));
        if (version.bindsPayeeKey()) {
            intent.payeeKey(body.key("payee_pubkey"));
        }
        if (!version.isFixed()) {
            intent.completionPresetId(body.optionalString("completion_preset_id"));
        }
        return predicate(intent, version).build();
    }

    private IntentStatement.Builder predicate(IntentStatement.Builder intent, IntentVersion version) {
        if (version.bindsPolicy()) {
            return intent.policy(policy(new BodyReader("intent.policy_binding", body.object("policy_binding"))));
        }
        if (body.optionalObject("policy_binding").isPresent()) {
            throw new WireException("policy.unexpected", "this generation has no policy binding");
        }
        return intent.predicate(body.value("predicate_dsl"));
    }

    private PublishedPolicy policy(BodyReader binding) {
        String templateId = binding.string("template_id");
        long versionSeq = binding.integer("version_seq");
        PublishedPolicy policy = context.publishedPolicy(templateId, versionSeq)
                .orElseThrow(() -> new WireException("policy.unknown", "no such published policy"));
        policy.bind(templateId, versionSeq);
        return policy;
    }
}
