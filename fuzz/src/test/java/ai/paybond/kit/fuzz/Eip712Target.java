package ai.paybond.kit.fuzz;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.paegents.escrow.ActivationPackage;
import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.evm.Abi;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.evm.HexData;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.paegents.evm.TypedDataDomain;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.x402.Eip712Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Typed data to be signed, ABI data that a chain returned, signatures, and the escrows that are described in both. */
final class Eip712Target implements FuzzTarget {
    private static final Digest32 DIGEST = Digest32.sha256(new byte[] {1});

    private static final List<Consumer<Input>> READERS = List.of(
            input -> typedData(JsonObject.parse(input.rest())),
            input -> {
                String types = input.line();
                Abi.decode(types, input.rest());
            },
            input -> {
                String signature = input.line();
                Abi.encodeCall(
                        signature,
                        JsonObject.parse(input.rest())
                                .array("a")
                                .orElse(new JsonArray(List.of()))
                                .items());
            },
            input -> EvmSignature.parse(input.text()).recover(DIGEST),
            input -> EvmSignature.parseCompact(input.text()).recover(DIGEST),
            input -> EvmAddress.parseChecksummed(input.text()),
            input -> HexData.decode(input.text()),
            input -> ActivationPackage.parse(JsonObject.parse(input.rest())).infraFee(),
            input -> EscrowProfile.parse(JsonObject.parse(input.rest())),
            input -> {
                JsonObject both = JsonObject.parse(input.rest());
                EscrowProfile.parse(both.object("profile").orElse(both))
                        .typedData(
                                EscrowMessage.BUYER_ACTIVATION,
                                1,
                                EvmAddress.of(new byte[20]),
                                both.object("values").orElse(both))
                        .digest();
            },
            input -> Eip712Receipt.digest(JsonObject.parse(input.rest()), Strictness.STRICT),
            input -> {
                String signature = input.line();
                Eip712Receipt.recover(JsonObject.parse(input.rest()), signature, Strictness.PEER);
            });

    private static void typedData(JsonObject json) {
        TypedDataDomain domain = TypedDataDomain.parse(json.object("domain").orElse(json));
        StructTypes types = StructTypes.parse(json.object("types").orElse(json).without("EIP712Domain"));
        new TypedData(
                        domain,
                        types,
                        json.string("primaryType").orElse(""),
                        json.object("message").orElse(json))
                .digest();
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        Consumer<Input> reader = READERS.get(input.choice(READERS.size()));
        try {
            reader.accept(input);
        } catch (WireException | PaybondException declared) {
            // what these say they throw
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String signature = "0x" + "11".repeat(64) + "1b";
        Vectors.objects("paegents", "evm-eip712").forEach(json -> seeds.add(Input.of('a', json)));
        seeds.add(Input.of(
                'b', "bytes32,uint256[]\n" + "\0".repeat(31) + "\1" + "\0".repeat(31) + "@" + "\0".repeat(32)));
        seeds.add(Input.of('b', "string\n" + "\0".repeat(31) + " " + "\0".repeat(31) + "\1x" + "\0".repeat(31)));
        seeds.add(Input.of('c', "approve(address,uint256)\n{\"a\":[\"0x" + "ab".repeat(20) + "\",\"5\"]}"));
        seeds.add(Input.of('c', "f(uint8[][2],bytes4)\n{\"a\":[[[\"1\"],[]],\"0x01020304\"]}"));
        seeds.add(Input.of('d', signature));
        seeds.add(Input.of('e', "0x" + "11".repeat(64)));
        seeds.add(Input.of('f', "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
        seeds.add(Input.of('g', "0x00ff"));
        for (String json : Vectors.objects("paegents", "evm-paegents")) {
            seeds.add(Input.of('h', json));
            seeds.add(Input.of('i', json));
            seeds.add(Input.of('j', json));
        }
        for (String json : Vectors.objects("wire", "x402")) {
            seeds.add(Input.of('k', json));
            seeds.add(Input.of('l', signature + "\n" + json));
        }
        return seeds;
    }
}
