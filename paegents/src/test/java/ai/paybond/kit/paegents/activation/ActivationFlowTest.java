package ai.paybond.kit.paegents.activation;

import static ai.paybond.kit.paegents.PaegentsWorld.BUYER_KEY;
import static ai.paybond.kit.paegents.PaegentsWorld.GAS_WALLET;
import static ai.paybond.kit.paegents.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.activation.ActivationOrder.Funding;
import ai.paybond.kit.paegents.activation.ActivationOutcome.Active;
import ai.paybond.kit.paegents.activation.ActivationOutcome.Failed;
import ai.paybond.kit.paegents.activation.ActivationOutcome.StillReady;
import ai.paybond.kit.paegents.activation.ActivationOutcome.StuckSubmitting;
import ai.paybond.kit.paegents.activation.ActivationOutcome.TimedOut;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Escrows.EscrowStatus;
import ai.paybond.kit.paegents.client.PaegentsApiException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Activation as one call: what it ends with, what it survives, and what it does not sign. */
class ActivationFlowTest {
    private static final BigInteger MAX_FEE = BigInteger.valueOf(250_000);

    private final PaegentsWorld world = new PaegentsWorld();
    private final CountingSigner wallet = new CountingSigner();

    @AfterEach
    void close() {
        world.close();
    }

    private ActivationFlow.Builder flow() {
        return ActivationFlow.builder(world.buyer, wallet, world.profile, owner -> world.permitNonce())
                .clock(world.clock)
                .pause(world.clock::advance);
    }

    private ActivationOrder order(Agreement agreement) {
        return ActivationOrder.of(agreement.id(), world.terms(100), GAS_WALLET, MAX_FEE);
    }

    private long submissions() {
        return world.sandbox.requests().stream()
                .filter(request -> request.path().endsWith("/activate-escrow"))
                .count();
    }

    @Test
    void activatesAnEscrowAndTellsHowItGoes() {
        List<String> told = new ArrayList<>();
        ActivationFlow flow = flow().listener(new Teller(told)).build();
        Agreement agreement = world.agreement(100);

        ActivationOutcome outcome = flow.run(order(agreement));

        assertThat(outcome).isInstanceOfSatisfying(Active.class, active -> assertThat(active.transaction())
                .startsWith("0x"));
        assertThat(told).containsSubsequence("signed", "submitted", "submitting", "confirmed");
        assertThat(world.buyer.agreements().get(agreement.id()).isActive()).isTrue();
        assertThat(world.sandbox.chain().balance(SimulatedChain.ESCROW)).isEqualTo(BigInteger.valueOf(10_000_000));
        assertThat(world.sandbox.chain().balance(SimulatedChain.GAS_WALLET)).isEqualTo(BigInteger.valueOf(203_000));
    }

    @ParameterizedTest
    @EnumSource(Funding.class)
    void fundsByAllowanceOrByPermitInEitherOrder(Funding funding) {
        Agreement agreement = world.agreement(100);
        if (funding != Funding.PRIOR_ALLOWANCE) {
            world.sandbox.chain().approve(BUYER_KEY.address().checksummed(), SimulatedChain.ESCROW, BigInteger.ZERO);
        }

        assertThat(flow().build().run(order(agreement).fundedBy(funding))).isInstanceOf(Active.class);

        assertThat(world.permitNonce().intValueExact()).isEqualTo(funding == Funding.PRIOR_ALLOWANCE ? 1 : 2);
        assertThat(world.sandbox.chain().balance(SimulatedChain.ESCROW)).isEqualTo(BigInteger.valueOf(10_000_000));
        assertThat(world.sandbox.chain().balance(SimulatedChain.GAS_WALLET)).isEqualTo(BigInteger.valueOf(203_000));
    }

    @Test
    void saysThatASubmissionIsStuck() {
        world.sandbox.chain().stuck(true);

        assertThat(flow().build().run(order(world.agreement(100)))).isInstanceOf(StuckSubmitting.class);
    }

    @Test
    void saysThatTheChainIsSlow() {
        world.sandbox.chain().delays(Duration.ofSeconds(10), Duration.ofHours(1));

        assertThat(flow().build().run(order(world.agreement(100))))
                .isInstanceOfSatisfying(
                        TimedOut.class, late -> assertThat(late.transaction()).startsWith("0x"));
    }

    @Test
    void saysThatASubmissionWasNeverTakenUpAndSubmitsItAgain() {
        Agreement agreement = world.agreement(100);
        world.sandbox.chain().stuck(true);
        AtomicInteger looks = new AtomicInteger();
        world.sandbox.alterReplies(
                "GET /escrow-status",
                status -> looks.incrementAndGet() > 0 ? status.with("activation_status", "ready") : status);
        ActivationFlow flow = flow().build();

        assertThat(flow.run(order(agreement))).isInstanceOf(StillReady.class);
        assertThatThrownBy(() -> flow.run(order(agreement)))
                .isInstanceOfSatisfying(PaegentsApiException.class, e -> assertThat(e.code())
                        .isEqualTo("invalid_state:activation_submitting"));
        assertThat(world.sandbox.requests().stream()
                        .filter(request -> request.path().endsWith("/activate-escrow"))
                        .map(request -> request.headers().get("idempotency-key")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void signsAnewAfterTheChainReverted() {
        Agreement agreement = world.agreement(100);
        ActivationFlow flow = flow().build();
        world.sandbox.chain().failing(true);
        assertThat(flow.run(order(agreement))).isEqualTo(new Failed("failed"));
        world.sandbox.chain().failing(false);

        assertThat(flow.run(order(agreement))).isInstanceOf(Active.class);
        assertThat(submissions()).isEqualTo(2);
    }

    @Test
    void goesOnAfterACrashBetweenSigningAndSubmittingWithTheSameSignatures(@TempDir Path directory) {
        Agreement agreement = world.agreement(100);
        world.sandbox.failNext("POST /activate-escrow", PaegentsFault.status(500));
        assertThatThrownBy(() -> flow().journal(ActivationJournal.directory(directory))
                        .build()
                        .run(order(agreement)))
                .isInstanceOf(PaegentsApiException.class);
        int signed = wallet.signed.get();

        ActivationOutcome outcome =
                flow().journal(ActivationJournal.directory(directory)).build().run(order(agreement));

        assertThat(outcome).isInstanceOf(Active.class);
        assertThat(wallet.signed).hasValue(signed);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void goesOnAfterACrashBeforeTheAcknowledgementWithoutSubmittingTwice(@TempDir Path directory) {
        Agreement agreement = world.agreement(100);
        for (int i = 0; i < 3; i++) {
            world.sandbox.failNext("POST /activate-escrow", PaegentsFault.replyLost());
        }
        assertThatThrownBy(() -> flow().journal(ActivationJournal.directory(directory))
                        .build()
                        .run(order(agreement)))
                .isInstanceOfSatisfying(
                        PaegentsApiException.class, e -> assertThat(e.code()).isEqualTo("paegents.unreachable"));

        ActivationOutcome outcome =
                flow().journal(ActivationJournal.directory(directory)).build().run(order(agreement));

        assertThat(outcome).isInstanceOf(Active.class);
        assertThat(world.sandbox.chain().balance(SimulatedChain.GAS_WALLET)).isEqualTo(BigInteger.valueOf(203_000));
    }

    @Test
    void onlyWaitsAfterACrashDuringTheWait(@TempDir Path directory) {
        Agreement agreement = world.agreement(100);
        ActivationJournal journal = ActivationJournal.directory(directory);
        assertThat(flow().journal(journal)
                        .patience(Duration.ofSeconds(1))
                        .build()
                        .run(order(agreement)))
                .isNotInstanceOf(Active.class);

        assertThat(flow().journal(ActivationJournal.directory(directory))
                        .build()
                        .run(order(agreement)))
                .isInstanceOf(Active.class);
        assertThat(submissions()).isEqualTo(1);
    }

    @Test
    void signsAnewWhenWhatWasKeptHasExpired(@TempDir Path directory) {
        Agreement agreement = world.agreement(100);
        world.sandbox.failNext("POST /activate-escrow", PaegentsFault.status(500));
        ActivationJournal journal = ActivationJournal.directory(directory);
        assertThatThrownBy(() -> flow().journal(journal).build().run(order(agreement)))
                .isInstanceOf(PaegentsApiException.class);
        int signed = wallet.signed.get();
        world.clock.advance(Duration.ofMinutes(11));

        assertThat(flow().journal(journal).build().run(order(agreement))).isInstanceOf(Active.class);
        assertThat(wallet.signed.get()).isGreaterThan(signed);
    }

    @Test
    void sendsNothingWhenNothingCanBeKept(@TempDir Path directory) throws IOException {
        Agreement agreement = world.agreement(100);
        Path gone = directory.resolve("gone");

        assertThatThrownBy(() -> flow().journal(ActivationJournal.directory(gone))
                        .build()
                        .run(order(agreement)))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("activation.journal"));
        assertThat(submissions()).isZero();
        assertThat(Files.exists(gone)).isFalse();
    }

    @Test
    void refusesARecordThatWasTamperedWith(@TempDir Path directory) throws IOException {
        Agreement agreement = world.agreement(100);
        ActivationJournal journal = ActivationJournal.directory(directory);
        flow().journal(journal).patience(Duration.ofSeconds(1)).build().run(order(agreement));
        try (var files = Files.list(directory)) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"agreement_id\":\"other\"}");
        }

        assertThatThrownBy(() -> flow().journal(journal).build().run(order(agreement)))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("activation.journal"));
    }

    @ParameterizedTest
    @CsvSource({
        "buyer, 0x1111111111111111111111111111111111111111, paegents.foreign_buyer",
        "seller, 0x1111111111111111111111111111111111111111, paegents.wrong_seller",
        "token, 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913, paegents.wrong_token",
        "deposit_amount_atomic, 10000001, paegents.deposit",
        "price_per_unit_atomic, 100001, paegents.price",
        "quantity, 101, paegents.quantity",
        "expiry, 1774785599, paegents.expired",
        "challenge_window_seconds, 99999, paegents.challenge_window"
    })
    void signsNothingWhenATermWasAltered(String term, String value, String code) {
        Agreement agreement = world.agreement(100);
        world.sandbox.alterReplies(
                "GET /activation-package",
                reply -> reply.with("terms", reply.object("terms").orElseThrow().with(term, value)));

        assertUnsigned(code, agreement);
    }

    @ParameterizedTest
    @CsvSource({
        "spender, 0x1111111111111111111111111111111111111111, paegents.wrong_spender",
        "amount_atomic, 250001, paegents.amount",
        "token_address, 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913, paegents.wrong_token"
    })
    void signsNothingWhenTheFeeWasAltered(String member, String value, String code) {
        Agreement agreement = world.agreement(100);
        world.sandbox.alterReplies(
                "GET /activation-package",
                reply -> reply.with(
                        "infra_fee", reply.object("infra_fee").orElseThrow().with(member, value)));

        assertUnsigned(code, agreement);
    }

    @Test
    void signsNothingForAnotherChain() {
        Agreement agreement = world.agreement(100);
        world.sandbox.alterReplies("GET /activation-package", reply -> reply.with("chain_id", 8453));

        assertUnsigned("paegents.wrong_chain", agreement);
    }

    @Test
    void signsNothingForAnotherContract() {
        Agreement agreement = world.agreement(100);
        JsonObject funding = JsonObject.builder()
                .put("spender", "0x1111111111111111111111111111111111111111")
                .build();
        world.sandbox.alterReplies("GET /activation-package", reply -> reply.with("funding", funding));

        assertUnsigned("paegents.wrong_contract", agreement);
    }

    @Test
    void signsNothingUnderANonceThatWasUsedForSomethingElse() {
        Agreement agreement = world.agreement(100);
        ActivationFlow flow = flow().nonces((scope, nonce, digest) -> false).build();

        assertRefused("paegents.nonce_reused", () -> flow.run(order(agreement)));
        assertThat(wallet.signed).hasValue(0);
        assertThat(submissions()).isZero();
    }

    private void assertUnsigned(String code, Agreement agreement) {
        assertRefused(code, () -> flow().build().run(order(agreement)));
        assertThat(wallet.signed).hasValue(0);
        assertThat(submissions()).isZero();
    }

    private static final class CountingSigner implements EvmSigner {
        private final EvmPrivateKey key = BUYER_KEY;
        private final AtomicInteger signed = new AtomicInteger();

        @Override
        public EvmAddress address() {
            return key.address();
        }

        @Override
        public EvmSignature sign(Digest32 digest) {
            signed.incrementAndGet();
            return key.sign(digest);
        }
    }

    private record Teller(List<String> told) implements ActivationListener {
        @Override
        public void signed(String agreementId) {
            told.add("signed");
        }

        @Override
        public void submitted(String agreementId) {
            told.add("submitted");
            throw new IllegalStateException("a listener that fails");
        }

        @Override
        public void polled(String agreementId, EscrowStatus status) {
            told.add(status.activationStatus());
        }
    }
}
