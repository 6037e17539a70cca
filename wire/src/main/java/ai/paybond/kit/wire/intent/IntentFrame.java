package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Frame;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;

/** Checks a statement in the order the wire format gives, then lays it out. */
final class IntentFrame {
    private static final long MAX_SAFE = (1L << 53) - 1;

    private final IntentStatement intent;
    private final IntentVersion version;
    private final Strictness strictness;

    IntentFrame(IntentStatement intent, IntentVersion version, Strictness strictness) {
        this.intent = intent;
        this.version = version;
        this.strictness = strictness;
    }

    byte[] bytes() {
        requireTools();
        requireRail();
        requireCurrency();
        requireParts();
        requireText();
        Frame frame = version.frame();
        parties(frame);
        terms(frame);
        bindings(frame);
        intent.completionContract().ifPresent(contract -> contract.appendTo(frame));
        return frame.bytes();
    }

    private void requireTools() {
        Rules.require(!intent.allowedTools().isEmpty(), "tools.empty", "an intent allows at least one tool");
    }

    private void requireRail() {
        String rail = intent.settlementRail().orElse("");
        boolean optional = version == IntentVersion.V2 && rail.isEmpty();
        Rules.require(optional || version.knowsRail(rail), "rail.unknown", "not a settlement rail of this generation");
    }

    private void requireCurrency() {
        if (version.isFixed()) {
            return;
        }
        boolean usdOnly =
                SettlementRails.USD_ONLY.contains(intent.settlementRail().orElse(""));
        boolean usd = Text.fold(intent.currency()).equals("usd");
        Rules.require(!usdOnly || usd, "currency.unsupported", "this rail settles in usd");
    }

    private void requireParts() {
        boolean policy = intent.policyBinding().isPresent();
        Rules.require(policy || !version.bindsPolicy(), "policy.missing", "this generation needs a policy binding");
        Rules.require(!policy || version.bindsPolicy(), "policy.unexpected", "this generation has no policy binding");
        boolean key = intent.payeeKey().isPresent();
        Rules.require(key || !version.bindsPayeeKey(), "payee_key.missing", "this generation needs the payee's key");
        boolean contract = intent.completionContract().isPresent();
        Rules.require(!contract || !version.isFixed(), "completion.unexpected", "this generation has no contract");
        boolean safe = Math.abs(intent.amountCents()) <= MAX_SAFE && intent.amountCents() != Long.MIN_VALUE;
        Rules.require(safe, "amount.range", "an amount is within plus or minus 2^53 - 1 cents");
    }

    private void requireText() {
        ToolNames.require(intent.allowedTools(), strictness);
        Rules.wholeSeconds(intent.deadline(), strictness);
        Rules.wellFormed(intent.tenantId(), strictness);
        Rules.wellFormed(intent.principalDid(), strictness);
        Rules.wellFormed(intent.payeeDid(), strictness);
        Rules.wellFormed(intent.currency(), strictness);
        Rules.wellFormed(intent.predicateRef(), strictness);
        intent.policyBinding().ifPresent(binding -> Rules.wellFormed(binding.templateId(), strictness));
        intent.completionContract().ifPresent(contract -> contract.requireWellFormed(strictness));
        requirePredicateRefIsSent();
    }

    /** A blank reference would be signed but left out of the body, so no reader could check the signature. */
    private void requirePredicateRefIsSent() {
        boolean sent = intent.predicateRef().isEmpty() || !Text.isBlank(intent.predicateRef());
        Rules.require(
                sent || strictness == Strictness.PEER, "predicate_ref.blank", "a predicate reference is not blank");
    }

    private void parties(Frame frame) {
        frame.string(intent.tenantId())
                .uuid(intent.intentId())
                .string(intent.principalDid())
                .string(intent.payeeDid());
    }

    private void terms(Frame frame) {
        frame.i64(intent.amountCents())
                .string(intent.currency())
                .string(intent.deadline())
                .fixed32(digest(intent.budget()))
                .fixed32(digest(intent.evidenceSchema()))
                .fixed32(digest(intent.predicate()))
                .string(intent.predicateRef())
                .fixed32(intent.toolsDigest(strictness).bytes());
        if (version.bindsRail()) {
            frame.string(intent.settlementRail().orElseThrow());
        }
    }

    private void bindings(Frame frame) {
        if (version.bindsPolicy()) {
            PolicyBinding policy = intent.policyBinding().orElseThrow();
            frame.string(policy.templateId());
            versionSeq(frame, policy.versionSeq());
            frame.fixed32(policy.contentDigest().bytes());
        }
        if (version.bindsPayeeKey()) {
            frame.fixed32(intent.payeeKey().map(VerifyingKey::bytes).orElseThrow());
        }
    }

    private void versionSeq(Frame frame, long versionSeq) {
        long largest = strictness == Strictness.STRICT ? 0xFFFF_FFFFL : MAX_SAFE;
        Rules.require(versionSeq >= 0 && versionSeq <= largest, "policy.version_seq", "not an unsigned 32-bit integer");
        frame.u64(BigInteger.valueOf(versionSeq));
    }

    private byte[] digest(JsonValue value) {
        return Digest32.ofCanonical(value, strictness).bytes();
    }
}
