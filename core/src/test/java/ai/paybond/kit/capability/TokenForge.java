package ai.paybond.kit.capability;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.SigningKey;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.error.Error;
import org.biscuitsec.biscuit.token.builder.Block;

/**
 * Signs whatever it is told to, so that a test can hand the verifier tokens that no honest issuer or holder would make.
 * Lines are Datalog: checks begin with {@code check}, rules hold {@code <-}, everything else is a fact.
 */
final class TokenForge {

    private static final ByteString ED25519 = ByteString.copyFrom(new byte[4]);

    private final SymbolTable symbols = new SymbolTable();
    private final List<Schema.SignedBlock> blocks = new ArrayList<>();
    private Integer rootKeyId = TestCapabilities.ROOT_KEY_ID;
    private SigningKey holder;

    private TokenForge(SigningKey root) {
        this.holder = root;
    }

    static TokenForge signedBy(SigningKey root) {
        return new TokenForge(root);
    }

    /** A token with the given authority block, signed by the pinned root key. */
    static TokenForge authority(List<String> lines) {
        return signedBy(TestCapabilities.ROOT).block(lines.toArray(String[]::new));
    }

    TokenForge rootKeyId(Integer id) {
        this.rootKeyId = id;
        return this;
    }

    TokenForge block(String... lines) {
        return block(compile(lines));
    }

    TokenForge block(Schema.Block.Builder block) {
        return block(block.build());
    }

    TokenForge block(Schema.Block block) {
        return rawBlock(block.toByteString());
    }

    TokenForge rawBlock(ByteString block) {
        SigningKey next =
                SigningKey.fromSeed(Digest32.sha256(holder.exposeSeed()).bytes());
        ByteString nextKey = ByteString.copyFrom(next.publicKey().bytes());
        blocks.add(Schema.SignedBlock.newBuilder()
                .setBlock(block)
                .setNextKey(publicKey(nextKey))
                .setSignature(sign(block.concat(ED25519).concat(nextKey)))
                .build());
        holder = next;
        return this;
    }

    /** A block with a third party's signature, as it was found in a token or made by hand. */
    record Foreign(ByteString content, ByteString key, ByteString signature) {

        Foreign withSignature(byte[] other) {
            return new Foreign(content, key, ByteString.copyFrom(other));
        }

        static Foreign signed(SigningKey by, Schema.Block block, TokenForge place) {
            ByteString content = block.toByteString();
            ByteString message = content.concat(ED25519)
                    .concat(ByteString.copyFrom(place.holder.publicKey().bytes()));
            return new Foreign(
                    content,
                    ByteString.copyFrom(by.publicKey().bytes()),
                    ByteString.copyFrom(by.sign(message.toByteArray())));
        }
    }

    /** The last block of a token, which a third party signed. */
    static Foreign foreignOf(byte[] token) {
        try {
            Schema.Biscuit container = Schema.Biscuit.parseFrom(token);
            Schema.SignedBlock last = container.getBlocks(container.getBlocksCount() - 1);
            return new Foreign(
                    last.getBlock(),
                    last.getExternalSignature().getPublicKey().getKey(),
                    last.getExternalSignature().getSignature());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    TokenForge foreign(Foreign block) {
        SigningKey next =
                SigningKey.fromSeed(Digest32.sha256(holder.exposeSeed()).bytes());
        ByteString nextKey = ByteString.copyFrom(next.publicKey().bytes());
        blocks.add(Schema.SignedBlock.newBuilder()
                .setBlock(block.content())
                .setNextKey(publicKey(nextKey))
                .setSignature(sign(block.content()
                        .concat(block.signature())
                        .concat(ED25519)
                        .concat(nextKey)))
                .setExternalSignature(Schema.ExternalSignature.newBuilder()
                        .setSignature(block.signature())
                        .setPublicKey(publicKey(block.key())))
                .build());
        holder = next;
        return this;
    }

    /** What a third party's block has to name as its place, here at the end. */
    String place() {
        ByteString signatures =
                blocks.stream().map(Schema.SignedBlock::getSignature).reduce(ByteString.EMPTY, ByteString::concat);
        return "after " + Digest32.sha256(signatures.toByteArray()).hex();
    }

    /** Compiles lines with a symbol table of their own, as third parties do. */
    Schema.Block compileForeign(String... lines) {
        Block block = new Block();
        for (String line : lines) {
            add(block, line);
        }
        block.set_context(place());
        return block.build(new SymbolTable()).serialize();
    }

    /** Compiles lines against the symbols of the blocks so far. */
    Schema.Block compile(String... lines) {
        Block block = new Block();
        for (String line : lines) {
            add(block, line);
        }
        return block.build(symbols).serialize();
    }

    Schema.Biscuit container() {
        return container(Schema.Proof.newBuilder()
                .setNextSecret(ByteString.copyFrom(holder.exposeSeed()))
                .build());
    }

    Schema.Biscuit sealed() {
        Schema.SignedBlock last = blocks.get(blocks.size() - 1);
        ByteString message = last.getBlock()
                .concat(ED25519)
                .concat(last.getNextKey().getKey())
                .concat(last.getSignature());
        return container(
                Schema.Proof.newBuilder().setFinalSignature(sign(message)).build());
    }

    CapabilityToken token() {
        return token(container());
    }

    static CapabilityToken token(Schema.Biscuit container) {
        return token(container.toByteArray());
    }

    static CapabilityToken token(byte[] bytes) {
        return CapabilityToken.of(Base64.getEncoder().encodeToString(bytes));
    }

    static byte[] bytes(CapabilityToken token) {
        return Base64.getDecoder().decode(token.expose());
    }

    ByteString sign(ByteString message) {
        return ByteString.copyFrom(holder.sign(message.toByteArray()));
    }

    static Schema.PublicKey publicKey(ByteString key) {
        return Schema.PublicKey.newBuilder()
                .setAlgorithm(Schema.PublicKey.Algorithm.Ed25519)
                .setKey(key)
                .build();
    }

    private Schema.Biscuit container(Schema.Proof proof) {
        Schema.Biscuit.Builder token = Schema.Biscuit.newBuilder();
        if (rootKeyId != null) {
            token.setRootKeyId(rootKeyId);
        }
        return token.setAuthority(blocks.get(0))
                .addAllBlocks(blocks.subList(1, blocks.size()))
                .setProof(proof)
                .build();
    }

    private static void add(Block block, String line) {
        try {
            if (line.startsWith("check")) {
                block.add_check(line);
            } else if (line.contains("<-")) {
                block.add_rule(line);
            } else {
                block.add_fact(line);
            }
        } catch (Error.Parser e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}
