package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A capability that names its holder, and those who have everything but the holder's key. */
class HolderTest {
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-05-01T12:00:00Z"));
    private static final Holder HOLDER = new Holder(SigningKey.fromSeedHex("61".repeat(32)), CLOCK);
    private static final Holder THIEF = new Holder(SigningKey.fromSeedHex("62".repeat(32)), CLOCK);

    @RegisterExtension
    static final SandboxExtension EXTENSION =
            SandboxExtension.startedBy(() -> Sandbox.builder().clock(CLOCK).start());

    private Sandbox sandbox;
    private Scenario scenario;
    private String token;
    private JsonObject call;

    @BeforeEach
    void intent(Sandbox running) {
        sandbox = running;
        scenario = Scenario.in(running);
        scenario.created();
        token = running.mintCapability(
                CapabilitySpec.of(scenario.tenant.tenantId(), scenario.intentId, FAR, OPERATION, "travel.book_flight")
                        .holder(HOLDER.key().publicKey()));
        call = callWith(token);
    }

    private JsonObject callWith(String capability) {
        return scenario.verifyBody(capability, OPERATION, 5_000)
                .with("currency", "usd")
                .with("arguments", JsonObject.parse("{\"city\":\"Paris\",\"nights\":2}"));
    }

    @Test
    void allowsWhatTheHolderSigned() {
        assertAllowed(HOLDER.verify(scenario, call));
    }

    @Test
    void allowsWhatWasSignedByTheHolderThatALaterBlockNames() throws Exception {
        String narrowed = attenuated(scenario.create().text("capability_token"), holdersCheck(HOLDER));

        assertAllowed(HOLDER.verify(scenario, callWith(narrowed)));
        assertDenied(THIEF.verify(scenario, callWith(narrowed)), "holder.key_mismatch");
    }

    @Test
    void deniesTheThiefWhoHasNoKey() {
        Answer answer = scenario.client.post("/verify", call);

        assertDenied(answer, "holder.proof_missing");
        assertThat(sandbox.records().verifications()).anySatisfy(row -> {
            assertThat(row.auditId()).hasToString(answer.text("audit_id"));
            assertThat(row.code()).hasValue("holder.proof_missing");
        });
    }

    @Test
    void deniesTheThiefWhoSignsWithAnotherKey() {
        assertDenied(THIEF.verify(scenario, call), "holder.key_mismatch");
    }

    @Test
    void deniesTheThiefWhoNamesHimself() throws Exception {
        JsonObject renamed = callWith(attenuated(token, holdersCheck(THIEF)));

        assertDenied(THIEF.verify(scenario, renamed), "holder.key_mismatch");
        assertDenied(HOLDER.verify(scenario, renamed), "holder.key_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "!", "Zm9v"})
    void deniesAProofThatCannotBeRead(String unit) {
        String longEnough = unit.repeat(160).substring(0, 160);

        assertDenied(Holder.verify(scenario, call, unit), "holder.proof_invalid");
        assertDenied(Holder.verify(scenario, call, longEnough), "holder.proof_invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "requested_spend_cents;4999",
                "requested_spend_cents;5001",
                "operation;\"travel.book_flight\"",
                "currency;null",
                "arguments;{\"city\":\"Paris\",\"nights\":3}",
                "arguments;{\"city\":\"Paris\"}",
                "arguments;null"
            })
    void deniesAProofOfAnotherCall(String member, String altered) {
        String proof = HOLDER.prove(scenario, call);
        JsonObject other = JsonObject.parse("{\"v\":" + altered + "}");

        assertDenied(Holder.verify(scenario, call.with(member, other.get("v")), proof), "holder.proof_invalid");
    }

    @Test
    void deniesAProofForAnotherTenant() {
        String other = sandbox.tenants().get(1).tenantId();

        assertDenied(
                Holder.verify(
                        scenario,
                        call,
                        HOLDER.prove(other, call, CLOCK.instant().getEpochSecond())),
                "holder.proof_invalid");
    }

    @Test
    void deniesAProofForAnotherIntent() {
        JsonObject other = call.with("intent_id", "550e8400-e29b-41d4-a716-446655440000");

        assertDenied(Holder.verify(scenario, call, HOLDER.prove(scenario, other)), "holder.proof_invalid");
    }

    @Test
    void takesAProofForAMinuteAndFiveSecondsOfSkew() {
        String last = HOLDER.prove(scenario, call);
        String late = HOLDER.prove(scenario, call);
        CLOCK.advance(Duration.ofSeconds(64));
        assertAllowed(Holder.verify(scenario, call, last));
        CLOCK.advance(Duration.ofSeconds(1));
        assertDenied(Holder.verify(scenario, call, late), "holder.proof_expired");
    }

    @ParameterizedTest
    @ValueSource(longs = {6, Long.MAX_VALUE - 2_000_000_000L, Long.MIN_VALUE + 1})
    void deniesAProofOfATimeThatIsNotNow(long secondsAhead) {
        long then = secondsAhead + (secondsAhead < 0 ? 0 : CLOCK.instant().getEpochSecond());

        assertDenied(
                Holder.verify(scenario, call, HOLDER.prove(scenario.tenant.tenantId(), call, then)),
                "holder.proof_expired");
    }

    @Test
    void takesAProofOnce() {
        String proof = HOLDER.prove(scenario, call);

        assertAllowed(Holder.verify(scenario, call, proof));
        assertDenied(Holder.verify(scenario, call, proof), "holder.proof_replayed");
        assertAllowed(HOLDER.verify(scenario, call));
    }

    @Test
    void aRefusalUsesNoProofUp() throws Exception {
        String bound = attenuated(token, "check if arg(\"city\", \"Paris\")");
        JsonObject told = callWith(bound);
        JsonObject untold = told.without("arguments").with("arguments_sha256_hex", digest(told));
        String proof = HOLDER.prove(scenario, told);

        assertDenied(Holder.verify(scenario, untold, proof), "capability.check_failed");
        assertAllowed(Holder.verify(scenario, told, proof));
    }

    @Test
    void takesTheDigestForArgumentsThatAreKeptBack() {
        JsonObject digested = call.without("arguments").with("arguments_sha256_hex", digest(call));

        assertAllowed(Holder.verify(scenario, digested, HOLDER.prove(scenario, call)));
        assertThat(HOLDER.verify(scenario, call.with("arguments_sha256_hex", "00".repeat(32)))
                        .code())
                .isEqualTo("validation_error");
    }

    @Test
    void answersARepeatedRequestAsBeforeWhicheverProofItBrings() {
        TestClient client = scenario.client.with("idempotency-key", scenario.intentId);
        String proof = HOLDER.prove(scenario, call);
        String first = client.with(Holder.HEADER, proof).post("/verify", call).text("audit_id");

        assertThat(client.with(Holder.HEADER, proof).post("/verify", call).text("audit_id"))
                .isEqualTo(first);
        CLOCK.advance(Duration.ofHours(1));
        assertThat(client.with(Holder.HEADER, HOLDER.prove(scenario, call))
                        .post("/verify", call)
                        .text("audit_id"))
                .isEqualTo(first);
    }

    @Test
    void tellsNobodyElseWhatTheHolderWasAnswered() {
        TestClient client = scenario.client.with("idempotency-key", scenario.intentId);
        String proof = HOLDER.prove(scenario, call);
        String first = client.with(Holder.HEADER, proof).post("/verify", call).text("audit_id");

        assertDenied(client.post("/verify", call), "holder.proof_missing");
        assertDenied(
                client.with(Holder.HEADER, THIEF.prove(scenario, call)).post("/verify", call), "holder.key_mismatch");
        assertThat(client.with(Holder.HEADER, proof).post("/verify", call).text("audit_id"))
                .isEqualTo(first);
    }

    @Test
    void aThiefWhoAsksFirstSpoilsNothing() {
        TestClient client = scenario.client.with("idempotency-key", scenario.intentId);

        assertDenied(client.post("/verify", call), "holder.proof_missing");
        assertAllowed(client.with(Holder.HEADER, HOLDER.prove(scenario, call)).post("/verify", call));
    }

    @Test
    void letsTheHolderHandTheCapabilityOver() throws Exception {
        JsonObject handed = callWith(
                HOLDER.handOver(token, sandbox.capabilityRootKey(), THIEF.key().publicKey()));

        assertAllowed(THIEF.verify(scenario, handed));
        assertDenied(HOLDER.verify(scenario, handed), "holder.key_mismatch");
    }

    @Test
    void refusesAHandOverByAnybodyElse() throws Exception {
        JsonObject stolen = callWith(
                THIEF.handOver(token, sandbox.capabilityRootKey(), THIEF.key().publicKey()));

        assertDenied(THIEF.verify(scenario, stolen), "capability.unsupported");
    }

    @Test
    void refusesAHandOverThatWasMadeForAnotherToken() throws Exception {
        JsonObject moved = callWith(HOLDER.handOver(
                token, sandbox.capabilityRootKey(), THIEF.key().publicKey(), "after " + "00".repeat(32)));

        assertDenied(THIEF.verify(scenario, moved), "capability.block_misplaced");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check if request_holder($h)",
                "check if request_holder(\"%s\") or true",
                "check if request_holder(\"%s\"), request_operation($o)",
                "check all request_holder(\"%s\")"
            })
    void refusesAHolderCheckThatDoesMoreThanNameAKey(String check) throws Exception {
        JsonObject odd = callWith(attenuated(token, check.formatted(HOLDER.name())));

        assertDenied(HOLDER.verify(scenario, odd), "capability.unsupported");
    }

    @Test
    void refusesAHolderThatIsNoKey() throws Exception {
        JsonObject odd = callWith(attenuated(token, "check if request_holder(\"ed25519/" + "00".repeat(32) + "\")"));

        assertDenied(HOLDER.verify(scenario, odd), "capability.malformed");
    }

    @Test
    void asksNothingOfWhoeverHasATokenWithoutHolder() {
        JsonObject free = callWith(scenario.create().text("capability_token"));

        assertAllowed(scenario.client.post("/verify", free));
        assertAllowed(Holder.verify(scenario, free, "whatever"));
    }

    private String attenuated(String from, String check) throws Exception {
        return Tokens.attenuate(from, sandbox.capabilityRootKey(), check);
    }

    private static String holdersCheck(Holder named) {
        return "check if request_holder(\"" + named.name() + "\")";
    }

    private static String digest(JsonObject body) {
        return ReceiptHashes.value(body.object("arguments").orElseThrow()).hex();
    }

    private static void assertAllowed(Answer answer) {
        assertThat(answer.json().bool("allow")).describedAs(answer.body()).isEqualTo(Optional.of(true));
    }

    private static void assertDenied(Answer answer, String code) {
        assertThat(answer.json().bool("allow")).hasValue(false);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
