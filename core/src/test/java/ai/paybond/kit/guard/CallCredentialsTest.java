package ai.paybond.kit.guard;

import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT_KEY_ID;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.capability.ApprovalGrant;
import ai.paybond.kit.capability.ApprovalPlace;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyCodes;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import ai.paybond.kit.capability.TestCapabilities;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent elsewhere brings its own proof, and an approver's answer, with the call. */
class CallCredentialsTest {

    private static final SigningKey HOLDER = SigningKey.fromSeedHex("51".repeat(32));
    private static final SigningKey APPROVER = SigningKey.fromSeedHex("52".repeat(32));
    private static final SigningKey STRANGER = SigningKey.fromSeedHex("53".repeat(32));
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ARGUMENTS = "{\"cents\":100,\"city\":\"Paris\"}";

    private final RecordingAuthority authority = new RecordingAuthority();
    private final List<JsonObject> ran = new ArrayList<>();
    private final ToolGuard held =
            guard(Attenuation.builder().holder(HOLDER.publicKey()).build().attenuate(TestCapabilities.token()));
    private final ToolGuard open = guard(TestCapabilities.token());

    @Test
    void runsACallThatTheHolderSignedElsewhere() {
        assertThat(run(held, booking("c1", ARGUMENTS).provedBy(proof(ARGUMENTS)))
                        .isExecuted())
                .isTrue();
    }

    @Test
    void refusesAThiefBeforeAnybodyIsAsked() {
        assertThat(codeOf(run(held, booking("c1", ARGUMENTS)))).isEqualTo(DenyCodes.HOLDER_PROOF_MISSING);
        assertThat(codeOf(run(held, booking("c2", ARGUMENTS).provedBy(proofOf(STRANGER, ARGUMENTS)))))
                .isEqualTo(DenyCodes.HOLDER_KEY_MISMATCH);
        assertThat(codeOf(run(
                        held,
                        booking("c3", "{\"cents\":101,\"city\":\"Paris\"}").provedBy(proof(ARGUMENTS)))))
                .isEqualTo(DenyCodes.HOLDER_PROOF_INVALID);
        assertThat(authority.asked).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesAProofThatWasSeenOnItsWay() {
        HolderProof proof = proof(ARGUMENTS);
        run(held, booking("c1", ARGUMENTS).provedBy(proof));

        assertThat(codeOf(run(held, booking("c2", ARGUMENTS).provedBy(proof))))
                .isEqualTo(DenyCodes.HOLDER_PROOF_REPLAYED);
        assertThat(ran).hasSize(1);
    }

    @Test
    void aPreviewUsesNoProofUp() {
        ToolCall call = booking("c1", ARGUMENTS).provedBy(proof(ARGUMENTS));

        assertThat(held.preview(call)).isInstanceOf(Decision.Allowed.class);
        assertThat(held.preview(call)).isInstanceOf(Decision.Allowed.class);
        assertThat(run(held, call).isExecuted()).isTrue();
    }

    @Test
    void theSameCallMayShowTheSameProofAgain() {
        ToolCall call = booking("c1", ARGUMENTS).provedBy(proof(ARGUMENTS));
        authority.answer = request -> {
            throw new IllegalStateException("the network is down");
        };
        assertThat(codeOf(run(held, call))).isEqualTo(GuardCodes.AUTHORITY_UNREACHABLE);
        authority.answer = RecordingAuthority::allowed;

        assertThat(run(held, call).isExecuted()).isTrue();
    }

    @Test
    void runsWhatAnApproverSigned() {
        ToolCall call = payment("p1", ARGUMENTS);
        Decision.ApprovalRequired held = (Decision.ApprovalRequired) open.preview(call);

        assertThat(run(open, call)).isInstanceOf(ToolOutcome.Held.class);
        assertThat(run(open, call.approvedBy(approval(APPROVER, ARGUMENTS, held.approvalRequestId())))
                        .isExecuted())
                .isTrue();
        assertThat(authority.asked).hasSize(1);
        assertThat(authority.asked.get(0).token()).isEqualTo(open.binding().token());
    }

    @Test
    void anApprovalIsForOneCallAndThatOneOnly() {
        ToolCall call = payment("p1", ARGUMENTS);
        String request = ((Decision.ApprovalRequired) open.preview(call)).approvalRequestId();
        SignedApproval approval = approval(APPROVER, ARGUMENTS, request);
        String dearer = "{\"cents\":101,\"city\":\"Paris\"}";

        assertThat(run(open, payment("p2", ARGUMENTS).approvedBy(approval))).isInstanceOf(ToolOutcome.Held.class);
        assertThat(run(open, payment("p3", dearer).approvedBy(approval))).isInstanceOf(ToolOutcome.Held.class);
        assertThat(run(open, call.approvedBy(approval(APPROVER, dearer, request))))
                .isInstanceOf(ToolOutcome.Held.class);
        assertThat(codeOf(run(open, payment("p4", ARGUMENTS).approvedBy(approval(STRANGER, ARGUMENTS, request)))))
                .isEqualTo(DenyCodes.CAPABILITY_APPROVER_UNKNOWN);
        assertThat(ran).isEmpty();
    }

    @Test
    void anApprovalForAnotherCapabilityIsRefused() {
        SignedApproval elsewhere = grant(ARGUMENTS, "r")
                .sign(APPROVER, ApprovalPlace.of(held.binding().token()));

        assertThat(codeOf(run(open, payment("p1", ARGUMENTS).approvedBy(elsewhere))))
                .isEqualTo(DenyCodes.CAPABILITY_BLOCK_MISPLACED);
    }

    @Test
    void theToolGetsExactlyWhatWasChecked() {
        String asked = "{\"city\":\"Paris\",\"cents\":100,\"note\":\"caf\\u00e9 \\ud83d\\ude00\",\"n\":1.50}";
        CapabilityToken token = Attenuation.builder()
                .argumentIn("city", "Paris")
                .argumentIn("note", "caf\u00e9 \ud83d\ude00")
                .build()
                .attenuate(TestCapabilities.token());

        assertThat(run(guard(token), booking("c1", asked)).isExecuted()).isTrue();
        assertThat(ran).containsExactly(JsonObject.parse(asked));
        assertThat(ran.get(0)).isSameAs(authority.asked.get(0).arguments());
    }

    @Test
    void whatCouldBeReadTwoWaysReachesNoCheckAndNoTool() {
        String twice = "{\"city\":\"Paris\",\"city\":\"Moscow\",\"cents\":1}";

        assertThat(codeOf(open.call("bookHotel", "c1", twice, this::body))).isEqualTo(GuardCodes.ARGUMENTS_AMBIGUOUS);
        assertThat(codeOf(open.call("bookHotel", "c2", "{\"cents\":1,\"n\":9007199254740993}", this::body)))
                .isEqualTo(GuardCodes.ARGUMENTS_AMBIGUOUS);
        assertThat(ran).isEmpty();
    }

    @Test
    void credentialsAreNotShown() {
        ToolCall call = booking("c1", ARGUMENTS).provedBy(proof(ARGUMENTS));

        assertThat(call.toString()).doesNotContain("Paris", proof(ARGUMENTS).text());
    }

    private ToolGuard guard(CapabilityToken token) {
        ToolRegistry tools = ToolRegistry.of(
                ToolDeclaration.builder("bookHotel")
                        .operation("travel.book_hotel")
                        .spend(SpendRule.argument("cents"))
                        .withoutEvidence()
                        .build(),
                ToolDeclaration.builder("pay")
                        .operation("travel.cancel")
                        .spend(SpendRule.argument("cents"))
                        .withoutEvidence()
                        .requiresApproval()
                        .build());
        CapabilityVerifier verifier = CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, ROOT.publicKey())
                .approverKey("finance", APPROVER.publicKey())
                .clock(CLOCK)
                .build();
        return ToolGuard.builder(new CapabilityBinding(INTENT, token, "usd"), tools, authority, verifier, TENANT)
                .clock(CLOCK)
                .build();
    }

    private static ToolCall booking(String id, String arguments) {
        return ToolCall.parse("bookHotel", id, arguments);
    }

    private static ToolCall payment(String id, String arguments) {
        return ToolCall.parse("pay", id, arguments);
    }

    private SignedApproval approval(SigningKey approver, String arguments, String requestId) {
        return grant(arguments, requestId)
                .sign(approver, ApprovalPlace.of(open.binding().token()));
    }

    private static ApprovalGrant grant(String arguments, String requestId) {
        return new ApprovalGrant(
                "travel.cancel",
                ApprovalGrant.digestOf(JsonObject.parse(arguments)),
                1_000,
                NOW.plusSeconds(60),
                requestId);
    }

    private static HolderProof proof(String arguments) {
        return proofOf(HOLDER, arguments);
    }

    private static HolderProof proofOf(SigningKey key, String arguments) {
        CapabilityRequest request =
                new CapabilityRequest(TENANT, INTENT, "travel.book_hotel", 100, "usd", JsonObject.parse(arguments));
        return HolderProof.sign(key, request, CLOCK, new SecureRandom());
    }

    private ToolOutcome<String> run(ToolGuard guard, ToolCall call) {
        return guard.call(call, this::body);
    }

    private String body(ToolCall permitted) {
        ran.add(permitted.arguments());
        return "done";
    }

    private static String codeOf(ToolOutcome<?> outcome) {
        assertThat(outcome).isInstanceOf(ToolOutcome.Refused.class);
        return ((ToolOutcome.Refused<?>) outcome).decision().reason().code();
    }
}
