package ai.paybond.kit.paegents.escrow;

import static ai.paybond.kit.paegents.Refusals.BUYER;
import static ai.paybond.kit.paegents.Refusals.CLOCK;
import static ai.paybond.kit.paegents.Refusals.NOW;
import static ai.paybond.kit.paegents.Refusals.OTHER;
import static ai.paybond.kit.paegents.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.escrow.EscrowProfile.Field;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscrowSignerTest {
    private static final EvmAddress CONTRACT = EvmAddress.parse("0x" + "22".repeat(20));
    private static final String KEY = "0x" + "ab".repeat(32);
    private static final EscrowProfile PROFILE = EscrowProfile.builder("Escrow under test", "1")
            .layout(EscrowMessage.BUYER_ACTIVATION, "Activation", activationFields())
            .layout(
                    EscrowMessage.SELLER_CLAIM,
                    "Claim",
                    List.of(
                            new Field("agreement_key", "agreementKey", "bytes32"),
                            new Field("signer", "signer", "address"),
                            new Field("nonce", "nonce", "uint256"),
                            new Field("deadline", "deadline", "uint64")))
            .build();
    private static final ActivationTerms TERMS = new ActivationTerms(
            UsdcToken.BASE,
            Set.of(CONTRACT),
            OTHER.address(),
            BigInteger.valueOf(1000),
            BigInteger.valueOf(100_000),
            Duration.ofDays(1),
            Duration.ofDays(7));

    private final EscrowSigner signer = new EscrowSigner(BUYER, PROFILE, NonceRegister.inMemory(), CLOCK);

    private static List<Field> activationFields() {
        return ActivationPackage.parse(proposal()).intent().members().keySet().stream()
                .map(key -> new Field(key, key, type(key)))
                .toList();
    }

    private static String type(String key) {
        return switch (key) {
            case "buyer", "seller", "token" -> "address";
            case "agreement_key", "platform_agreement_id_hash", "service_hash", "terms_hash", "salt" -> "bytes32";
            default -> "uint256";
        };
    }

    private static JsonObject proposal() {
        JsonObject terms = JsonObject.builder()
                .put("buyer", BUYER.address().checksummed())
                .put("seller", OTHER.address().checksummed())
                .put("token", UsdcToken.BASE.address().checksummed())
                .put("quantity", 1000)
                .put("price_per_unit_atomic", "100000")
                .put("deposit_amount_atomic", "100000000")
                .put("challenge_window_seconds", 86_400)
                .put("service_hash", KEY)
                .put("terms_hash", KEY)
                .put("expiry", NOW + 3600)
                .put("salt", KEY)
                .build();
        return JsonObject.builder()
                .put("agreement_key", KEY)
                .put("platform_agreement_id_hash", KEY)
                .put("terms", terms)
                .put(
                        "nonces",
                        JsonObject.builder().put("buyer_activation_nonce", "0").build())
                .put(
                        "funding",
                        JsonObject.builder()
                                .put("spender", CONTRACT.checksummed())
                                .build())
                .build();
    }

    private static JsonObject altered(String term, Object value) {
        JsonObject proposal = proposal();
        return proposal.with("terms", proposal.object("terms").orElseThrow().with(term, value));
    }

    private SignedIntent activate(JsonObject proposal) {
        return signer.activate(ActivationPackage.parse(proposal), TERMS);
    }

    @Test
    void signsWhatWasAgreedAndEchoesItInTheFormReceived() {
        SignedIntent signed = activate(proposal());

        assertThat(signed.signature().recover(signed.digest())).isEqualTo(BUYER.address());
        assertThat(signed.values().toJson()).contains("\"quantity\":1000", "\"price_per_unit\":\"100000\"");
        assertThat(signed.values().members()).hasSize(14);
    }

    @ParameterizedTest
    @CsvSource({
        "buyer, 0x1111111111111111111111111111111111111111, paegents.foreign_buyer",
        "seller, 0x1111111111111111111111111111111111111111, paegents.wrong_seller",
        "token, 0x036CbD53842c5426634e7929541eC2318f3dCF7e, paegents.wrong_token",
        "quantity, 1001, paegents.quantity",
        "price_per_unit_atomic, 100001, paegents.price",
        "deposit_amount_atomic, 100000001, paegents.deposit",
        "challenge_window_seconds, 86401, paegents.challenge_window",
        "expiry, 1740672089, paegents.expired",
        "expiry, 1741276890, paegents.lifetime",
        "expiry, -1, paegents.package",
        "quantity, 1e3, paegents.package",
        "buyer, nobody, paegents.package",
        "terms_hash, 0xab, evm.length"
    })
    void refusesAPackageWithOneTermAltered(String term, String value, String code) {
        assertRefused(code, () -> activate(altered(term, value)));
    }

    @Test
    void refusesAnotherChain() {
        assertRefused("paegents.wrong_chain", () -> activate(proposal().with("chain_id", 84532)));
    }

    @Test
    void refusesAContractThatNobodyTrusts() {
        JsonObject funding =
                JsonObject.builder().put("spender", KEY.substring(0, 42)).build();

        assertRefused("paegents.wrong_contract", () -> activate(proposal().with("funding", funding)));
    }

    @Test
    void refusesAPackageWithoutTerms() {
        assertRefused(
                "paegents.package", () -> ActivationPackage.parse(proposal().without("terms")));
    }

    @Test
    void signsTheSameMessageAgainButNoOtherUnderItsNonce() {
        SignedIntent first = activate(proposal());

        assertThat(activate(proposal()).signature()).isEqualTo(first.signature());
        assertRefused("paegents.nonce_reused", () -> activate(altered("salt", "0x" + "cd".repeat(32))));
    }

    @Test
    void refusesASignatureThatRecoversToSomebodyElse() {
        EvmSigner broken = new EvmSigner() {
            @Override
            public EvmAddress address() {
                return BUYER.address();
            }

            @Override
            public EvmSignature sign(Digest32 digest) {
                return OTHER.sign(digest);
            }
        };
        EscrowSigner wrong = new EscrowSigner(broken, PROFILE, NonceRegister.inMemory(), CLOCK);

        assertRefused("evm.signer_mismatch", () -> wrong.activate(ActivationPackage.parse(proposal()), TERMS));
    }

    @Test
    void refusesAMessageTheProfileDoesNotDescribe() {
        assertRefused("paegents.profile", () -> settle(EscrowMessage.BUYER_WITHDRAW, claim()));
    }

    @Test
    void refusesAValueThatTheProfileLeavesOut() {
        JsonObject more = claim().with("amount", "1");

        assertRefused("paegents.profile_mismatch", () -> settle(EscrowMessage.SELLER_CLAIM, more));
    }

    @Test
    void signsASettlement() {
        SignedIntent signed = settle(EscrowMessage.SELLER_CLAIM, claim());

        assertThat(signed.signature().recover(signed.digest())).isEqualTo(BUYER.address());
    }

    @ParameterizedTest
    @CsvSource({
        "signer, 0x1111111111111111111111111111111111111111, paegents.foreign_signer",
        "agreement_key, 0x00, paegents.wrong_agreement",
        "deadline, 1740672089, paegents.expired",
        "deadline, 1740675690, paegents.lifetime",
        "nonce, 0x1, paegents.settlement"
    })
    void refusesASettlementWithOneValueAltered(String key, String value, String code) {
        assertRefused(code, () -> settle(EscrowMessage.SELLER_CLAIM, claim().with(key, value)));
    }

    private SignedIntent settle(EscrowMessage action, JsonObject values) {
        return signer.settle(action, values, new SettlementTerms(8453, CONTRACT, KEY, Duration.ofHours(1)));
    }

    private static JsonObject claim() {
        return JsonObject.builder()
                .put("agreement_key", KEY)
                .put("signer", BUYER.address().checksummed())
                .put("nonce", "0")
                .put("deadline", NOW + 600)
                .build();
    }
}
