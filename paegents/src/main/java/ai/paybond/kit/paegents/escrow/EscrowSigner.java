package ai.paybond.kit.paegents.escrow;

import static ai.paybond.kit.paegents.SigningRefusedException.require;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmException;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;

/** Signs escrow messages that keep to what was agreed. Thread-safe if its parts are. */
public final class EscrowSigner {
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,77}");

    private final EvmSigner signer;
    private final EscrowProfile profile;
    private final NonceRegister nonces;
    private final Clock clock;

    public EscrowSigner(EvmSigner signer, EscrowProfile profile, NonceRegister nonces, Clock clock) {
        this.signer = signer;
        this.profile = profile;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * Checks a package against the terms, then signs its intent.
     *
     * @throws SigningRefusedException {@code paegents.foreign_buyer}, {@code paegents.wrong_seller},
     *     {@code paegents.wrong_chain}, {@code paegents.wrong_token}, {@code paegents.wrong_contract},
     *     {@code paegents.quantity}, {@code paegents.price}, {@code paegents.deposit}, {@code paegents.challenge_window},
     *     {@code paegents.expired}, {@code paegents.lifetime}, {@code paegents.nonce_reused}, or a code of
     *     {@link EscrowProfile#typedData}
     * @throws EvmException for a value that is not of its type in the profile, or a signer that signed with another key
     */
    public SignedIntent activate(ActivationPackage proposed, ActivationTerms terms) {
        requireParties(proposed, terms);
        requirePlace(proposed, terms);
        requireAmounts(proposed, terms);
        requireInTime(proposed.number("expiry"), terms.maxLifetime());
        TypedData data = profile.typedData(
                EscrowMessage.BUYER_ACTIVATION, terms.token().chainId(), proposed.contract(), proposed.intent());
        return sign(EscrowMessage.BUYER_ACTIVATION, data, proposed.intent(), proposed.number("nonce"));
    }

    private void requireParties(ActivationPackage proposed, ActivationTerms terms) {
        boolean own = proposed.address("buyer").equals(signer.address());
        require(own, "paegents.foreign_buyer", "the package is another buyer's");
        boolean seller = proposed.address("seller").equals(terms.seller());
        require(seller, "paegents.wrong_seller", "another seller than agreed");
    }

    private static void requirePlace(ActivationPackage proposed, ActivationTerms terms) {
        BigInteger chain = BigInteger.valueOf(terms.token().chainId());
        require(proposed.chainId().orElse(chain).equals(chain), "paegents.wrong_chain", "another chain than agreed");
        boolean token = proposed.address("token").equals(terms.token().address());
        require(token, "paegents.wrong_token", "another token than agreed");
        boolean contract = terms.contracts().contains(proposed.contract());
        require(contract, "paegents.wrong_contract", "not an escrow contract the buyer trusts");
    }

    private static void requireAmounts(ActivationPackage proposed, ActivationTerms terms) {
        BigInteger quantity = proposed.number("quantity");
        BigInteger price = proposed.number("price_per_unit");
        require(quantity.equals(terms.quantity()), "paegents.quantity", "another quantity than agreed");
        require(price.equals(terms.pricePerUnit()), "paegents.price", "another price than agreed");
        boolean deposit = proposed.number("deposit_amount").equals(quantity.multiply(price));
        require(deposit, "paegents.deposit", "the deposit is not quantity times price");
        BigInteger window = BigInteger.valueOf(terms.maxChallengeWindow().toSeconds());
        boolean fits = proposed.number("challenge_window_seconds").compareTo(window) <= 0;
        require(fits, "paegents.challenge_window", "a longer challenge window than agreed");
    }

    /**
     * Signs a close, a claim or a withdrawal.
     *
     * @param values by their keys in Paegents' JSON; {@code agreement_key}, {@code signer}, {@code nonce} and
     *     {@code deadline} (seconds since 1970) must be among them
     * @throws SigningRefusedException {@code paegents.settlement} for a value that is missing or malformed,
     *     {@code paegents.foreign_signer}, {@code paegents.wrong_agreement}, {@code paegents.expired},
     *     {@code paegents.lifetime}, {@code paegents.nonce_reused}, or a code of {@link EscrowProfile#typedData}
     * @throws EvmException as {@link #activate}
     */
    public SignedIntent settle(EscrowMessage action, JsonObject values, SettlementTerms terms) {
        require(action != EscrowMessage.BUYER_ACTIVATION, "paegents.settlement", "an activation is no settlement");
        boolean own = isOwn(values.string("signer").orElse(""));
        require(own, "paegents.foreign_signer", "the message is for another signer");
        boolean agreement = values.string("agreement_key").orElse("").equals(terms.agreementKey());
        require(agreement, "paegents.wrong_agreement", "another agreement than meant");
        requireInTime(number(values, "deadline"), terms.maxLifetime());
        TypedData data = profile.typedData(action, terms.chainId(), terms.contract(), values);
        return sign(action, data, values, number(values, "nonce"));
    }

    private boolean isOwn(String address) {
        try {
            return EvmAddress.parse(address).equals(signer.address());
        } catch (EvmException e) {
            return false;
        }
    }

    private static BigInteger number(JsonObject values, String key) {
        String digits = values.get(key) instanceof JsonNumber number
                ? number.text()
                : values.string(key).orElse("");
        require(DIGITS.matcher(digits).matches(), "paegents.settlement", "not a whole number");
        return new BigInteger(digits);
    }

    private void requireInTime(BigInteger deadline, Duration maxLifetime) {
        long now = clock.instant().getEpochSecond();
        require(deadline.compareTo(BigInteger.valueOf(now)) > 0, "paegents.expired", "the terms have expired");
        BigInteger latest = BigInteger.valueOf(now).add(BigInteger.valueOf(maxLifetime.toSeconds()));
        require(deadline.compareTo(latest) <= 0, "paegents.lifetime", "the terms expire too far ahead");
    }

    private SignedIntent sign(EscrowMessage message, TypedData data, JsonObject values, BigInteger nonce) {
        String domain = data.domain().separator().hex();
        String scope = message.name() + " " + domain + " " + signer.address();
        boolean fresh = nonces.claim(scope, nonce.toString(), data.digest());
        require(fresh, "paegents.nonce_reused", "the nonce was used for another message");
        return new SignedIntent(values, data.sign(signer), signer.address(), data.digest());
    }
}
