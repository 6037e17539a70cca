package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.requireAtMost;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import biscuit.format.schema.Schema;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A token of which everything was checked that can be checked without a key: it is small, canonical, and holds nothing
 * but what a capability may hold. Its signatures may still be anybody's.
 */
final class TokenShape {

    private static final int SIGNATURE_LENGTH = 64;
    private static final int SECRET_LENGTH = 32;

    private final byte[] bytes;
    private final Schema.Biscuit container;
    private final List<Schema.Block> blocks;
    private final SymbolBook symbols;

    private TokenShape(byte[] bytes, Schema.Biscuit container, List<Schema.Block> blocks, SymbolBook symbols) {
        this.bytes = bytes;
        this.container = container;
        this.blocks = blocks;
        this.symbols = symbols;
    }

    static TokenShape of(byte[] bytes, TokenLimits limits) throws RejectedTokenException {
        Schema.Biscuit container = parse(Schema.Biscuit.parser(), bytes);
        requireAtMost("blocks", container.getBlocksCount() + 1L, limits.maxBlocks());
        checkProof(container.getProof());
        List<Schema.Block> blocks = new ArrayList<>();
        for (Schema.SignedBlock signed : signedBlocks(container)) {
            checkEnvelope(signed);
            blocks.add(parse(Schema.Block.parser(), signed.getBlock().toByteArray()));
        }
        return new TokenShape(bytes, container, blocks, checkBlocks(blocks, limits));
    }

    /** The exact bytes that were checked. */
    byte[] bytes() {
        return bytes;
    }

    Schema.Biscuit container() {
        return container;
    }

    /** The blocks in order, the authority block first. */
    List<Schema.Block> blocks() {
        return blocks;
    }

    SymbolBook symbols() {
        return symbols;
    }

    static List<Schema.SignedBlock> signedBlocks(Schema.Biscuit container) {
        List<Schema.SignedBlock> all = new ArrayList<>();
        all.add(container.getAuthority());
        all.addAll(container.getBlocksList());
        return all;
    }

    private static SymbolBook checkBlocks(List<Schema.Block> blocks, TokenLimits limits) throws RejectedTokenException {
        SymbolBook symbols = new SymbolBook(limits.maxSymbols());
        BlockShape shape = new BlockShape(symbols, new JoinBudget(limits.maxArguments()), limits.maxFacts());
        shape.checkAuthority(blocks.get(0));
        for (Schema.Block narrowing : blocks.subList(1, blocks.size())) {
            shape.checkNarrowing(narrowing);
        }
        return symbols;
    }

    private static void checkEnvelope(Schema.SignedBlock signed) throws RejectedTokenException {
        if (signed.hasExternalSignature()) {
            throw unsupported("a block is signed by a third party");
        }
        if (signed.getSignature().size() != SIGNATURE_LENGTH) {
            throw signature("a signature has another length than 64 bytes");
        }
    }

    private static void checkProof(Schema.Proof proof) throws RejectedTokenException {
        switch (proof.getContentCase()) {
            case NEXTSECRET -> {
                if (proof.getNextSecret().size() != SECRET_LENGTH) {
                    throw malformed("the holder's key has another length than 32 bytes");
                }
            }
            case FINALSIGNATURE -> {
                if (proof.getFinalSignature().size() != SIGNATURE_LENGTH) {
                    throw signature("the final signature has another length than 64 bytes");
                }
            }
            case CONTENT_NOT_SET -> throw malformed("the token has no proof");
        }
    }

    /**
     * Reads one message in its only encoding. The library would also accept unknown fields, fields in another order and
     * a message sent twice, all of which give one token many spellings.
     */
    private static <M extends Message> M parse(Parser<M> parser, byte[] bytes) throws RejectedTokenException {
        M message;
        try {
            message = parser.parsePartialFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("the token is no Biscuit");
        }
        requireKnownFields(message);
        if (!message.isInitialized() || !Arrays.equals(message.toByteArray(), bytes)) {
            throw malformed("the token is incomplete or not encoded canonically");
        }
        return message;
    }

    private static void requireKnownFields(Message message) throws RejectedTokenException {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw unsupported("the token has fields of another Biscuit version");
        }
        for (var field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == JavaType.MESSAGE) {
                for (Object child :
                        field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue())) {
                    requireKnownFields((Message) child);
                }
            }
        }
    }
}
