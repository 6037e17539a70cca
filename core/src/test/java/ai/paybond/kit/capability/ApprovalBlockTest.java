package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.NOW;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.ROOT;
import static ai.paybond.kit.capability.TestCapabilities.ROOT_KEY_ID;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.grantWith;
import static ai.paybond.kit.capability.TestCapabilities.request;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import biscuit.format.schema.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An approval travels in the token, in a block that only a configured approver can sign, for one place in one token. */
class ApprovalBlockTest {

    private static final SigningKey APPROVER = SigningKey.fromSeedHex("31".repeat(32));
    private static final SigningKey STRANGER = SigningKey.fromSeedHex("32".repeat(32));
    private static final Instant LATER = NOW.plusSeconds(600);
    private static final String DIGEST =
            ApprovalGrant.digestOf(request().arguments()).hex();
    private static final String FACT =
            "approved(\"" + OPERATION + "\", \"" + DIGEST + "\", 18700, " + LATER + ", \"req-1\")";

    private final CapabilityVerifier verifier = trusting(APPROVER);

    @Test
    void findsTheApprovalOfExactlyThisCall() {
        CapabilityToken approved = approved(token());

        assertThat(approvals(approved, request()))
                .containsExactly(new GrantedApproval("finance", "req-1", 18_700, LATER));
    }

    @Test
    void anApprovalSurvivesBothItsTextsAndLaterNarrowing() {
        ApprovalPlace place = ApprovalPlace.parse(ApprovalPlace.of(token()).text());
        SignedApproval signed =
                SignedApproval.parse(grant().sign(APPROVER, place).text());
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn("city", "Paris").build().attenuate(signed.appendTo(token()));

        assertThat(approvals(narrowed, request())).hasSize(1);
    }

    @Test
    void anApprovalGrantsNothingElse() {
        CapabilityToken approved = approved(token());

        assertThat(approvals(approved, call(OPERATION, 18_701, "{\"city\":\"Paris\"}")))
                .isEmpty();
        assertThat(approvals(approved, call(OPERATION, 18_700, "{\"city\":\"Lyon\"}")))
                .isEmpty();
        assertThat(approvals(approved, call("travel.cancel", 18_700, "{\"city\":\"Paris\"}")))
                .isEmpty();
        assertRefused(
                verifier.verify(approved, call("travel.book_flight", 0, "{\"city\":\"Paris\"}")),
                DenyCodes.OPERATION_NOT_ALLOWED);
        assertThat(approvals(approved, call(OPERATION, 5, "{ \"city\": \"Paris\" }")))
                .hasSize(1);
    }

    @Test
    void anApprovalEnds() {
        CapabilityToken approved = approved(token());

        assertThat(approvalsAt(LATER.minusNanos(1), approved)).hasSize(1);
        assertThat(approvalsAt(LATER, approved)).isEmpty();
    }

    @Test
    void isRefusedWithoutAConfiguredApproverKey() {
        assertRefused(
                TestCapabilities.verifier().verify(approved(token()), request()), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void isRefusedFromAStranger() {
        CapabilityToken foreign =
                grant().sign(STRANGER, ApprovalPlace.of(token())).appendTo(token());

        assertRefused(verifier.verify(foreign, request()), DenyCodes.CAPABILITY_APPROVER_UNKNOWN);
    }

    @Test
    void isRefusedWhenTheStrangerClaimsTheApproversKey() {
        TokenForge forge = TokenForge.authority(GRANT);
        TokenForge.Foreign signed = TokenForge.Foreign.signed(STRANGER, forge.compileForeign(FACT), forge);
        TokenForge.Foreign renamed = new TokenForge.Foreign(
                signed.content(),
                com.google.protobuf.ByteString.copyFrom(APPROVER.publicKey().bytes()),
                signed.signature());

        assertRefused(
                verifier.verify(forge.foreign(renamed).token(), request()), DenyCodes.CAPABILITY_SIGNATURE_INVALID);
    }

    @Test
    void isRefusedOnAnotherToken() {
        SignedApproval signed = grant().sign(APPROVER, ApprovalPlace.of(token()));
        CapabilityToken other = TokenForge.authority(grantWith("extra(1)")).token();
        CapabilityToken narrowed =
                Attenuation.builder().maxSpendCents(20_000).build().attenuate(token());

        assertMisplaced(signed, other);
        assertMisplaced(signed, narrowed);
        assertMisplaced(signed, signed.appendTo(token()));
        assertRefused(
                verifier.verify(
                        TokenForge.authority(grantWith("extra(1)"))
                                .foreign(TokenForge.foreignOf(TokenForge.bytes(approved(token()))))
                                .token(),
                        request()),
                DenyCodes.CAPABILITY_BLOCK_MISPLACED);
    }

    /** What the library's format lets a third party sign is one key, and a holder chooses the keys of its own blocks. */
    @Test
    void isRefusedOnAnotherTokenThatEndsInTheSameKey() {
        // the forge derives every next key from the one before, so both tokens end in the same key
        TokenForge first = TokenForge.authority(GRANT).block("check if true");
        TokenForge second = TokenForge.authority(GRANT).block("check if 1 < 2");
        TokenForge.Foreign signed = TokenForge.Foreign.signed(APPROVER, first.compileForeign(FACT), first);

        assertThat(approvals(first.foreign(signed).token(), request())).hasSize(1);
        assertRefused(verifier.verify(second.foreign(signed).token(), request()), DenyCodes.CAPABILITY_BLOCK_MISPLACED);
    }

    @Test
    void isRefusedInTheIssuersBlock() {
        Schema.Biscuit.Builder container = TokenForge.authority(GRANT).container().toBuilder();
        container
                .getAuthorityBuilder()
                .setExternalSignature(Schema.ExternalSignature.newBuilder()
                        .setSignature(container.getAuthority().getSignature())
                        .setPublicKey(container.getAuthority().getNextKey()));

        assertRefused(
                verifier.verify(TokenForge.token(container.build()), request()), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void isRefusedAtTheEndOfASealedToken() {
        TokenForge forge = TokenForge.authority(GRANT);
        forge.foreign(TokenForge.Foreign.signed(APPROVER, forge.compileForeign(FACT), forge));

        assertRefused(verifier.verify(TokenForge.token(forge.sealed()), request()), DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void honoursTheApproversOwnChecks() {
        assertThat(approvals(signedBlock(FACT, "check if arg(\"city\", \"Paris\")"), request()))
                .hasSize(1);
        assertRefused(
                verifier.verify(signedBlock(FACT, "check if arg(\"city\", \"Lyon\")"), request()),
                DenyCodes.CAPABILITY_CHECK_FAILED);
        assertRefused(
                verifier.verify(signedBlock(FACT, "check if time($t), $t < 2026-11-21T11:00:00Z"), request()),
                DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void theApproversSymbolsAreItsOwn() {
        CapabilityToken token = TokenForge.authority(GRANT).token();
        CapabilityToken approved = approved(token);
        CapabilityToken narrowed =
                Attenuation.builder().argumentIn("district", "Marais").build().attenuate(approved);

        assertRefused(verifier.verify(narrowed, request()), DenyCodes.CAPABILITY_CHECK_FAILED);
        assertThat(approvals(narrowed, call(OPERATION, 1, "{\"district\":\"Marais\"}")))
                .isEmpty();
        assertThat(CapabilityInspector.inspect(narrowed).checks().get(2))
                .singleElement()
                .asString()
                .contains("district", "Marais");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant(\"tenant-b\")",
                "operation(\"travel.book_flight\")",
                "request_spend_cents(0)",
                "approved(\"travel.book_hotel\")",
                "approved(1, 2, 3, 4, 5)",
                "approved(\"a\", \"xyz\", 1, 2026-11-21T12:30:00Z, \"r\")",
                "approved(\"a\", \"" + "00" + "\", 1, 2026-11-21T12:30:00Z, \"r\")"
            })
    void refusesOtherStatementsOfAnApprover(String fact) {
        assertRefused(verifier.verify(signedBlock(fact), request()), DenyCodes.CAPABILITY_MALFORMED);
    }

    @Test
    void refusesNegativeAmountsAndSeveralOrNoStatements() {
        String negative = FACT.replace("18700", "-1");
        String second = FACT.replace("req-1", "req-2");

        assertRefused(verifier.verify(signedBlock(negative), request()), DenyCodes.CAPABILITY_MALFORMED);
        assertRefused(verifier.verify(signedBlock(FACT, second), request()), DenyCodes.CAPABILITY_LIMIT_EXCEEDED);
        assertRefused(verifier.verify(signedBlock("check if true"), request()), DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(
                verifier.verify(signedBlock("operation($x) <- tenant($x)"), request()),
                DenyCodes.CAPABILITY_UNSUPPORTED);
        assertRefused(
                verifier.verify(
                        signedBlock(
                                FACT,
                                "check if request_holder(\"ed25519/"
                                        + STRANGER.publicKey().hex() + "\")"),
                        request()),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void refusesTheApprovalsFactInABlockOfTheHolder() {
        assertRefused(
                verifier.verify(TokenForge.authority(GRANT).block(FACT).token(), request()),
                DenyCodes.CAPABILITY_UNSUPPORTED);
    }

    @Test
    void theFactInTheIssuersBlockApprovesNothing() {
        assertThat(approvals(TokenForge.authority(grantWith(FACT)).token(), request()))
                .isEmpty();
    }

    @Test
    void refusesAFlippedBitAnywhereInAnApprovedToken() {
        byte[] genuine = TokenForge.bytes(approved(token()));
        for (int i = 0; i < genuine.length; i++) {
            byte[] flipped = genuine.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThat(verifier.verify(TokenForge.token(flipped), request()))
                    .as("byte %d", i)
                    .isInstanceOf(CapabilityVerdict.Refused.class);
        }
    }

    @Test
    void aTextThatIsNoneIsRefusedWithACode() {
        String place = ApprovalPlace.of(token()).text();
        String signed = grant().sign(APPROVER, ApprovalPlace.of(token())).text();
        for (String bad : new String[] {null, "", "=", place.substring(1), place + "AAAA", "!" + place, "é"}) {
            assertMalformed(() -> ApprovalPlace.parse(bad));
        }
        for (String bad : new String[] {null, "", "AAAA", "A".repeat(4_000), "é" + signed, "A".repeat(400)}) {
            assertMalformed(() -> SignedApproval.parse(bad));
        }
        String altered = signed.substring(0, signed.length() - 6) + (signed.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
        assertThatThrownBy(() -> SignedApproval.parse(altered).appendTo(token()))
                .isInstanceOf(CapabilityException.class);
    }

    @Test
    void anApprovalThatNamesNothingIsAConfigurationError() {
        List<Runnable> mistakes = List.of(
                () -> new ApprovalGrant(" ", ApprovalGrant.digestOf(request().arguments()), 1, LATER, "r"),
                () -> new ApprovalGrant("o", ApprovalGrant.digestOf(request().arguments()), -1, LATER, "r"),
                () -> new ApprovalGrant("o", ApprovalGrant.digestOf(request().arguments()), 1, LATER, ""),
                () -> new ApprovalGrant("o", ApprovalGrant.digestOf(request().arguments()), 1, LATER, "r".repeat(129)),
                () -> new ApprovalGrant(
                        "o", ApprovalGrant.digestOf(request().arguments()), 1, Instant.ofEpochSecond(-1), "r"),
                () -> CapabilityVerifier.builder().approverKey(" ", APPROVER.publicKey()),
                () -> CapabilityVerifier.builder()
                        .approverKey("a", APPROVER.publicKey())
                        .approverKey("b", APPROVER.publicKey()));

        assertThat(mistakes)
                .allSatisfy(mistake -> assertThatThrownBy(mistake::run).isInstanceOf(ConfigurationException.class));
    }

    private void assertMisplaced(SignedApproval signed, CapabilityToken token) {
        assertThatThrownBy(() -> signed.appendTo(token))
                .isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                        .isEqualTo(DenyCodes.CAPABILITY_BLOCK_MISPLACED));
    }

    private static void assertMalformed(Runnable reading) {
        assertThatThrownBy(reading::run).isInstanceOfSatisfying(CapabilityException.class, e -> assertThat(e.code())
                .isEqualTo(DenyCodes.CAPABILITY_MALFORMED));
    }

    private static CapabilityToken signedBlock(String... lines) {
        TokenForge forge = TokenForge.authority(GRANT);
        return forge.foreign(TokenForge.Foreign.signed(APPROVER, forge.compileForeign(lines), forge))
                .token();
    }

    private static ApprovalGrant grant() {
        return new ApprovalGrant(OPERATION, ApprovalGrant.digestOf(request().arguments()), 18_700, LATER, "req-1");
    }

    private static CapabilityToken approved(CapabilityToken token) {
        return grant().sign(APPROVER, ApprovalPlace.of(token)).appendTo(token);
    }

    private List<GrantedApproval> approvals(CapabilityToken token, CapabilityRequest request) {
        return approvals(verifier, token, request);
    }

    private static List<GrantedApproval> approvalsAt(Instant now, CapabilityToken token) {
        return approvals(trustingAt(now, APPROVER), token, request());
    }

    private static List<GrantedApproval> approvals(
            CapabilityVerifier verifier, CapabilityToken token, CapabilityRequest request) {
        CapabilityVerdict verdict = verifier.verify(token, request);
        return verdict instanceof CapabilityVerdict.Verified verified ? verified.approvals() : List.of();
    }

    private static CapabilityRequest call(String operation, long cents, String arguments) {
        return new CapabilityRequest(TENANT, INTENT, operation, cents, "usd", JsonObject.parse(arguments));
    }

    private static CapabilityVerifier trusting(SigningKey approver) {
        return trustingAt(NOW, approver);
    }

    private static CapabilityVerifier trustingAt(Instant now, SigningKey approver) {
        return CapabilityVerifier.builder()
                .rootKey(ROOT_KEY_ID, ROOT.publicKey())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .approverKey("finance", approver.publicKey())
                .build();
    }
}
