package ai.paybond.kit.fuzz;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.SigningKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.builder.Block;

/** Signs any block at all: as the issuer, as a holder, as a third party. */
final class TokenMint {
    static final int ROOT_KEY_ID = 1;
    static final SigningKey ROOT =
            SigningKey.fromSeedHex("1000000000000000000000000000000000000000000000000000000000000001");
    static final String TENANT = "tenant-a";
    static final String INTENT = "0191e2a4-7c1e-7d3a-9b52-3f1d2c4b5a69";
    static final String OPERATION = "travel.book_hotel";

    /** Everything that narrows: the kit's own sentences, and Datalog beside them. */
    static final List<String> CHECKS = List.of(
            "check if request_spend_cents($s), $s <= 5000",
            "check if request_operation($o), [\"travel.book_hotel\", \"travel.cancel\"].contains($o)",
            "check if time($t), $t < 2026-11-21T12:30:00Z",
            "check if arg(\"city\", $v), [\"Paris\", \"Lyon\"].contains($v)",
            "check if arg(\"nights\", $n), $n <= 4",
            "check if holder(hex:11111111111111111111111111111111)",
            "check if request_spend_cents($s), ($s + 1) * 2 - 3 / 1 > 0 && !($s == 4) || false",
            "check if request_operation($o), $o.starts_with(\"travel\"), $o.length() < 40",
            "check if request_operation($o), $o.matches(\"(a+)+b\")",
            "check all arg($k, $v), $v.matches(\".*\")",
            "operation(\"travel.fly\")",
            "max_spend_cents(99999999)",
            "operation($o) <- request_operation($o)");

    private static final ByteString ED25519 = ByteString.copyFrom(new byte[4]);
    private static final SigningKey FIRST = SigningKey.fromSeedHex("33".repeat(32));
    private static final SigningKey SECOND = SigningKey.fromSeedHex("44".repeat(32));

    private static final List<String> GRANT = List.of(
            "tenant(\"" + TENANT + "\")",
            "intent(\"" + INTENT + "\")",
            "payee(\"did:web:example.com#booker\")",
            "operation(\"" + OPERATION + "\")",
            "operation(\"travel.cancel\")",
            "max_spend_cents(20000)",
            "currency(\"usd\")",
            "expires_at(2026-11-21T13:00:00Z)",
            "jti(\"5e0a9f6e-1f0b-4d7e-9a55-0c9d8f7e6a5b\")",
            "check if request_tenant($t), tenant($t)",
            "check if request_intent($i), intent($i)",
            "check if request_operation($o), operation($o)",
            "check if request_spend_cents($s), $s >= 0",
            "check if request_spend_cents($s), max_spend_cents($m), $s <= $m",
            "check if time($now), expires_at($e), $now < $e");

    private TokenMint() {}

    /** The authority block of a capability for 20000 cents. */
    static Schema.Block grant() {
        return compile(GRANT, new SymbolTable());
    }

    /** The same with more lines. */
    static Schema.Block grantWith(List<String> more) {
        List<String> lines = new ArrayList<>(GRANT);
        lines.addAll(more);
        return compile(lines, new SymbolTable());
    }

    /** Compiled as the block after {@link #grant}. */
    static Schema.Block compile(List<String> lines) {
        SymbolTable symbols = new SymbolTable();
        compile(GRANT, symbols);
        return compile(lines, symbols);
    }

    private static Schema.Block compile(List<String> lines, SymbolTable symbols) {
        Block block = new Block();
        try {
            for (String line : lines) {
                if (line.startsWith("check")) {
                    block.add_check(line);
                } else if (line.contains("<-")) {
                    block.add_rule(line);
                } else {
                    block.add_fact(line);
                }
            }
        } catch (Error.Parser e) {
            throw new IllegalArgumentException(e);
        }
        return block.build(symbols).serialize();
    }

    static byte[] plain() {
        return authority(grant().toByteArray());
    }

    /** A token whose authority block is these bytes. */
    static byte[] authority(byte[] block) {
        return token(List.of(signed(ROOT, ByteString.copyFrom(block), FIRST)), FIRST);
    }

    /** The capability with these bytes as a holder's block. */
    static byte[] appended(byte[] block) {
        return token(
                List.of(signed(ROOT, grant().toByteString(), FIRST), signed(FIRST, ByteString.copyFrom(block), SECOND)),
                SECOND);
    }

    /** The capability with these bytes as a third party's block. */
    static byte[] appendedBy(SigningKey party, byte[] block) {
        ByteString content = ByteString.copyFrom(block);
        ByteString external = ByteString.copyFrom(
                party.sign(content.concat(ED25519).concat(key(FIRST)).toByteArray()));
        Schema.SignedBlock foreign = Schema.SignedBlock.newBuilder()
                .setBlock(content)
                .setNextKey(publicKey(SECOND))
                .setSignature(ByteString.copyFrom(FIRST.sign(content.concat(external)
                        .concat(ED25519)
                        .concat(key(SECOND))
                        .toByteArray())))
                .setExternalSignature(Schema.ExternalSignature.newBuilder()
                        .setSignature(external)
                        .setPublicKey(publicKey(party)))
                .build();
        return token(List.of(signed(ROOT, grant().toByteString(), FIRST), foreign), SECOND);
    }

    /** Blocks that nobody has limited in number, each signed by the holder before. */
    static byte[] chain(Schema.Block first, List<Schema.Block> others) {
        List<Schema.SignedBlock> blocks = new ArrayList<>();
        SigningKey holder = FIRST;
        blocks.add(signed(ROOT, first.toByteString(), holder));
        for (Schema.Block block : others) {
            SigningKey next =
                    SigningKey.fromSeed(Digest32.sha256(holder.exposeSeed()).bytes());
            blocks.add(signed(holder, block.toByteString(), next));
            holder = next;
        }
        return token(blocks, holder);
    }

    private static Schema.SignedBlock signed(SigningKey by, ByteString block, SigningKey next) {
        return Schema.SignedBlock.newBuilder()
                .setBlock(block)
                .setNextKey(publicKey(next))
                .setSignature(ByteString.copyFrom(
                        by.sign(block.concat(ED25519).concat(key(next)).toByteArray())))
                .build();
    }

    private static byte[] token(List<Schema.SignedBlock> blocks, SigningKey holder) {
        return Schema.Biscuit.newBuilder()
                .setRootKeyId(ROOT_KEY_ID)
                .setAuthority(blocks.get(0))
                .addAllBlocks(blocks.subList(1, blocks.size()))
                .setProof(Schema.Proof.newBuilder().setNextSecret(ByteString.copyFrom(holder.exposeSeed())))
                .build()
                .toByteArray();
    }

    private static ByteString key(SigningKey key) {
        return ByteString.copyFrom(key.publicKey().bytes());
    }

    private static Schema.PublicKey publicKey(SigningKey key) {
        return Schema.PublicKey.newBuilder()
                .setAlgorithm(Schema.PublicKey.Algorithm.Ed25519)
                .setKey(key(key))
                .build();
    }
}
