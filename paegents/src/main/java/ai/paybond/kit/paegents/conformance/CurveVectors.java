package ai.paybond.kit.paegents.conformance;

import ai.paybond.kit.paegents.evm.Abi;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.evm.HexData;
import ai.paybond.kit.paegents.evm.Keccak256;
import ai.paybond.kit.paegents.evm.PersonalMessage;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hashes, signatures, addresses and contract calls. */
final class CurveVectors {
    static final Map<String, Consumer<Vectors>> RUNNERS = Map.of(
            "evm-keccak.json", file -> file.each("vectors", CurveVectors::keccak),
            "evm-ecdsa.json", CurveVectors::ecdsa,
            "evm-abi-calls.json", CurveVectors::abi);

    private CurveVectors() {}

    private static void keccak(Entry entry) {
        entry.same("keccak256", () -> hex(Keccak256.hash(HexData.decode(entry.text("input")))));
    }

    private static void ecdsa(Vectors file) {
        file.each("vectors", CurveVectors::signature);
        file.each("eip191", CurveVectors::personalMessage);
        file.each("eip55Checksum", "addresses", entry -> {
            String address = entry.text("value");
            entry.equal(address, () -> EvmAddress.parseChecksummed(address));
        });
        file.each(
                "eip55Checksum",
                "invalid",
                entry -> entry.refused(() -> EvmAddress.parseChecksummed(entry.text("value"))));
        file.single("negative", whole -> {
            Digest32 hash = digest(Entry.text(whole.object("negative"), "hash"));
            whole.equal(hash.hex(), hash::hex);
            file.each("negative", "cases", entry -> strict(entry, hash));
        });
    }

    private static void signature(Entry entry) {
        EvmPrivateKey key = EvmPrivateKey.parse(entry.text("privateKey"));
        Digest32 hash =
                entry.has("messageUtf8") ? Keccak256.hash(utf8(entry.text("messageUtf8"))) : digest(entry.text("hash"));
        entry.same("hash", () -> hex(hash));
        entry.same("publicKeyUncompressed", () -> HexData.encode(key.publicKey(false)));
        entry.same("publicKeyCompressed", () -> HexData.encode(key.publicKey(true)));
        entry.same("address", key::address);
        signed(entry, key.sign(hash));
        entry.same("compactEip2098", () -> key.sign(hash).compactHex());
        entry.equal(entry.text("address"), () -> EvmSignature.parse(entry.text("signature"))
                .recover(hash));
        entry.equal(entry.text("signature"), () -> EvmSignature.parseCompact(entry.text("compactEip2098"))
                .hex());
    }

    /** The members of a signature, as far as the entry has them. */
    static void signed(Entry entry, EvmSignature signature) {
        entry.same("r", signature::rHex);
        entry.same("s", signature::sHex);
        entry.same("v", signature::v);
        entry.same("yParity", signature::yParity);
        entry.same("signature", signature::hex);
    }

    private static void personalMessage(Entry entry) {
        Digest32 hash = PersonalMessage.digest(entry.text("messageUtf8"));
        entry.same("hash", () -> hex(hash));
        EvmPrivateKey key = EvmPrivateKey.parse(entry.text("privateKey"));
        entry.same("address", key::address);
        entry.same("signature", () -> key.sign(hash).hex());
    }

    /** Every case is refused; where a lax verifier would find a signer, the lower twin leads to the same one. */
    private static void strict(Entry entry, Digest32 hash) {
        BigInteger r = number(entry.text("r"));
        BigInteger s = number(entry.text("s"));
        int v = Integer.parseInt(entry.text("v"));
        entry.refused(() -> EvmSignature.of(r, s, v).recover(hash));
        if (entry.has("recoversTo")) {
            EvmAddress signer = EvmAddress.parse(entry.text("recoversTo"));
            entry.equal(signer, () -> EvmSignature.complete(r, s, hash, signer).recover(hash));
        }
    }

    private static void abi(Vectors file) {
        file.each("calls", entry -> {
            String signature = entry.text("signature");
            List<JsonValue> arguments =
                    entry.vector().array("args").map(JsonArray::items).orElse(List.of());
            entry.same("selector", () -> HexData.encode(Abi.selector(signature)));
            entry.same("calldata", () -> HexData.encode(Abi.encodeCall(signature, arguments)));
        });
        file.each("returns", entry -> {
            byte[] data = HexData.decode(entry.text("returnData"));
            entry.same(
                    "value", () -> Abi.decode(entry.text("type"), data).items().get(0));
        });
    }

    static String hex(Digest32 digest) {
        return HexData.encode(digest.bytes());
    }

    private static Digest32 digest(String hex) {
        return Digest32.of(HexData.decode(hex, 32));
    }

    private static BigInteger number(String hex) {
        return new BigInteger(1, HexData.decode(hex));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
