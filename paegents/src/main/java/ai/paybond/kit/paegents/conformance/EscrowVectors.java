package ai.paybond.kit.paegents.conformance;

import static ai.paybond.kit.paegents.conformance.CurveVectors.hex;

import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.escrow.EscrowProfile.Field;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Escrow messages under invented profiles: they prove that a profile is honoured, not that any contract uses it. */
final class EscrowVectors {
    static final Map<String, Consumer<Vectors>> RUNNERS =
            Map.of("evm-paegents-intents-PROVISIONAL.json", file -> file.each("vectors", EscrowVectors::intent));

    private EscrowVectors() {}

    private static void intent(Entry entry) {
        TypedDataVectors.typedData(entry);
        TypedData given = TypedDataVectors.parse(entry.vector());
        entry.same("digest", () -> hex(underProfile(given).digest()));
    }

    private static TypedData underProfile(TypedData given) {
        List<Field> fields = given.types().members(given.primaryType()).stream()
                .map(EscrowVectors::field)
                .toList();
        JsonObject.Builder values = JsonObject.builder();
        fields.forEach(field -> values.put(field.key(), given.message().get(field.member())));
        EscrowMessage message = message(given.primaryType());
        String name = Objects.requireNonNull(given.domain().name());
        String version = Objects.requireNonNull(given.domain().version());
        return EscrowProfile.builder(name, version)
                .layout(message, given.primaryType(), fields)
                .build()
                .typedData(
                        message,
                        Objects.requireNonNull(given.domain().chainId()).longValueExact(),
                        Objects.requireNonNull(given.domain().verifyingContract()),
                        values.build());
    }

    private static Field field(StructTypes.Member member) {
        String key = member.name().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return new Field(key, member.name(), member.type());
    }

    private static EscrowMessage message(String primaryType) {
        return switch (primaryType) {
            case "SellerClaimIntent" -> EscrowMessage.SELLER_CLAIM;
            case "BuyerWithdrawIntent" -> EscrowMessage.BUYER_WITHDRAW;
            case "InitiateCloseIntent" -> EscrowMessage.INITIATE_CLOSE;
            default -> EscrowMessage.BUYER_ACTIVATION;
        };
    }
}
