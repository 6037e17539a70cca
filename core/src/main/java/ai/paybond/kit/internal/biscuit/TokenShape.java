package ai.paybond.kit.internal.biscuit;

import static ai.paybond.kit.internal.biscuit.RejectedTokenException.malformed;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.requireAtMost;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.signature;
import static ai.paybond.kit.internal.biscuit.RejectedTokenException.unsupported;

import ai.paybond.kit.wire.Digest32;
import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.ArrayList;
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
    private final List<SymbolBook> symbols;

    private TokenShape(byte[] bytes, Schema.Biscuit container, List<Schema.Block> blocks, List<SymbolBook> symbols) {
        this.bytes = bytes;
        this.container = container;
        this.blocks = blocks;
        this.symbols = symbols;
    }

    static TokenShape of(byte[] bytes, TokenLimits limits) throws RejectedTokenException {
        Schema.Biscuit container = parse(Schema.Biscuit.parser(), ByteString.copyFrom(bytes));
        requireAtMost("blocks", container.getBlocksCount() + 1L, limits.maxBlocks());
        checkProof(container.getProof());
        List<Schema.Block> blocks = new ArrayList<>();
        for (Schema.SignedBlock signed : signedBlocks(container)) {
            checkEnvelope(signed);
            blocks.add(parse(Schema.Block.parser(), signed.getBlock()));
        }
        checkThirdParties(container);
        return new TokenShape(bytes, container, blocks, checkBlocks(container, blocks, limits));
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

    /** The symbols that the token's own blocks share, the next block's included. */
    SymbolBook symbols() {
        return symbols.get(0);
    }

    /** The symbols that a block is written with: a third party's has its own. */
    SymbolBook symbolsOf(int block) {
        return symbols.get(block);
    }

    boolean hasThirdParties() {
        return container.getBlocksList().stream().anyMatch(Schema.SignedBlock::hasExternalSignature);
    }

    /** Commits to the first blocks, all of them: the library's format lets a third party commit to one key only. */
    Digest32 chainDigest(int blocks) {
        ByteString signatures = signedBlocks(container).stream()
                .limit(blocks)
                .map(Schema.SignedBlock::getSignature)
                .reduce(ByteString.EMPTY, ByteString::concat);
        return Digest32.sha256(signatures.toByteArray());
    }

    static List<Schema.SignedBlock> signedBlocks(Schema.Biscuit container) {
        List<Schema.SignedBlock> all = new ArrayList<>();
        all.add(container.getAuthority());
        all.addAll(container.getBlocksList());
        return all;
    }

    private static List<SymbolBook> checkBlocks(Schema.Biscuit container, List<Schema.Block> blocks, TokenLimits limits)
            throws RejectedTokenException {
        SymbolBook shared = new SymbolBook(limits.maxSymbols());
        JoinBudget joins = new JoinBudget(limits.maxArguments(), limits.maxBlocks());
        BlockShape own = new BlockShape(shared, joins, limits.maxFacts());
        own.checkAuthority(blocks.get(0));
        List<SymbolBook> books = new ArrayList<>(List.of(shared));
        for (int i = 1; i < blocks.size(); i++) {
            boolean foreign = container.getBlocks(i - 1).hasExternalSignature();
            SymbolBook symbols = foreign ? new SymbolBook(limits.maxSymbols()) : shared;
            if (foreign) {
                new BlockShape(symbols, joins, limits.maxFacts()).checkThirdParty(blocks.get(i));
            } else {
                own.checkNarrowing(blocks.get(i));
            }
            books.add(symbols);
        }
        return books;
    }

    private static void checkEnvelope(Schema.SignedBlock signed) throws RejectedTokenException {
        if (signed.getSignature().size() != SIGNATURE_LENGTH
                || (signed.hasExternalSignature()
                        && signed.getExternalSignature().getSignature().size() != SIGNATURE_LENGTH)) {
            throw signature("a signature has another length than 64 bytes");
        }
    }

    private static void checkThirdParties(Schema.Biscuit container) throws RejectedTokenException {
        if (container.getAuthority().hasExternalSignature()) {
            throw unsupported("the issuer's block is signed by a third party");
        }
        int last = container.getBlocksCount() - 1;
        // the library leaves the third party's signature out of what a seal covers, the specification does not
        if (last >= 0
                && container.getBlocks(last).hasExternalSignature()
                && container.getProof().hasFinalSignature()) {
            throw unsupported("a token that ends in a third party's block is sealed");
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
    private static <M extends Message> M parse(Parser<M> parser, ByteString bytes) throws RejectedTokenException {
        M message;
        try {
            message = DiscardUnknownFieldsParser.wrap(parser).parsePartialFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("the token is no Biscuit");
        }
        if (!message.isInitialized() || !message.toByteString().equals(bytes)) {
            throw otherSpelling(parser, bytes);
        }
        return message;
    }

    /** What was left out in reading it: fields that are not known, or only ways of writing those that are. */
    private static RejectedTokenException otherSpelling(Parser<? extends Message> parser, ByteString bytes)
            throws RejectedTokenException {
        try {
            requireKnownFields(parser.parsePartialFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return malformed("the token is no Biscuit");
        }
        return malformed("the token is incomplete or not encoded canonically");
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
