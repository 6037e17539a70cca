package ai.paybond.kit.paegents.conformance;

import static ai.paybond.kit.paegents.conformance.CurveVectors.hex;

import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.evm.HexData;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.paegents.evm.TypedDataDomain;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Typed data of any layout, and the published example. */
final class TypedDataVectors {
    static final Map<String, Consumer<Vectors>> RUNNERS = Map.of(
            "evm-eip712-encoding.json", file -> file.each("vectors", TypedDataVectors::typedData),
            "evm-eip712-mail.json", file -> file.each("vectors", TypedDataVectors::mail));

    private TypedDataVectors() {}

    static TypedData parse(JsonObject vector) {
        return new TypedData(
                TypedDataDomain.parse(Entry.object(vector, "domain")),
                StructTypes.parse(Entry.object(vector, "types")),
                Entry.text(vector, "primaryType"),
                Entry.object(vector, "message"));
    }

    static void typedData(Entry entry) {
        TypedData data = parse(entry.vector());
        entry.same("domainTypes", () -> domainTypes(data.domain()));
        entry.same("encodeType", () -> data.types().encodeType(data.primaryType()));
        entry.same("typeHash", () -> hex(data.types().typeHash(data.primaryType())));
        entry.same("encodeData", () -> HexData.encode(data.encodeData()));
        entry.same("domainSeparator", () -> hex(data.domain().separator()));
        entry.same("structHash", () -> hex(data.structHash()));
        entry.same("digest", () -> hex(data.digest()));
        signatures(entry, data);
    }

    /** Published signatures come without a key; they must lead back to the signer. */
    private static void signatures(Entry entry, TypedData data) {
        if (entry.has("privateKey")) {
            EvmPrivateKey key = EvmPrivateKey.parse(entry.text("privateKey"));
            entry.same("signer", key::address);
            CurveVectors.signed(entry, data.sign(key));
        }
        if (entry.has("signature")) {
            entry.same(
                    "signer", () -> EvmSignature.parse(entry.text("signature")).recover(data.digest()));
        }
    }

    private static JsonArray domainTypes(TypedDataDomain domain) {
        List<JsonObject> members = domain.members().stream()
                .map(member -> JsonObject.builder()
                        .put("name", member.name())
                        .put("type", member.type())
                        .build())
                .toList();
        return JsonArray.of(members);
    }

    private static void mail(Entry entry) {
        typedData(entry);
        TypedData data = parse(entry.vector());
        entry.vector().object("published").ifPresent(published -> {
            entry.equal(Entry.text(published, "digest"), () -> hex(data.digest()));
            entry.equal(Entry.text(published, "personFromStructHash"), () -> person(data, "from"));
            entry.equal(Entry.text(published, "personToStructHash"), () -> person(data, "to"));
        });
    }

    private static String person(TypedData mail, String member) {
        JsonObject person = Entry.object(mail.message(), member);
        return hex(new TypedData(mail.domain(), mail.types(), "Person", person).structHash());
    }
}
