package ai.paybond.kit.sandbox.internal.capability;

import biscuit.format.schema.Schema;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What is checked before the Biscuit library sees a token: its sizes, canonical signatures, and that blocks after the
 * first only narrow. The library's own time limit does not bound a join, so the number of predicates and facts must.
 */
final class TokenPreflight {
    static final int MAX_ENCODED_CHARS = 4096;
    private static final int MAX_NARROWINGS = 8;
    private static final int MAX_FACTS = 64;
    private static final int MAX_SYMBOLS = 256;
    private static final int MAX_CHECKS_PER_BLOCK = 16;
    private static final int MAX_QUERIES_PER_CHECK = 4;
    private static final int MAX_PREDICATES_PER_QUERY = 2;
    private static final int MAX_OPERATIONS_PER_EXPRESSION = 64;
    private static final BigInteger GROUP_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private TokenPreflight() {}

    /** The token's bytes, if it is worth verifying. */
    static byte[] check(String token, int rootKeyId) throws CapabilityRefusedException {
        if (token.length() > MAX_ENCODED_CHARS) {
            throw new CapabilityRefusedException(
                    "capability.too_large", "The capability is longer than 4096 characters.");
        }
        byte[] bytes = decode(token);
        Schema.Biscuit biscuit = parse(bytes);
        if (!biscuit.hasRootKeyId() || biscuit.getRootKeyId() != rootKeyId) {
            throw new CapabilityRefusedException("capability.unknown_root_key", "No such root key is known here.");
        }
        requireSignatures(biscuit);
        requireNarrowing(biscuit);
        return bytes;
    }

    private static byte[] decode(String token) throws CapabilityRefusedException {
        try {
            return Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static Schema.Biscuit parse(byte[] bytes) throws CapabilityRefusedException {
        try {
            Schema.Biscuit biscuit = Schema.Biscuit.parseFrom(bytes);
            if (!biscuit.hasAuthority() || !biscuit.hasProof()) {
                throw malformed();
            }
            return biscuit;
        } catch (InvalidProtocolBufferException e) {
            throw malformed();
        }
    }

    private static void requireSignatures(Schema.Biscuit biscuit) throws CapabilityRefusedException {
        if (biscuit.getBlocksCount() > MAX_NARROWINGS) {
            throw limit("blocks");
        }
        for (Schema.SignedBlock block : signedBlocks(biscuit)) {
            requireCanonical(block.getSignature());
            if (block.hasExternalSignature()) {
                requireCanonical(block.getExternalSignature().getSignature());
            }
        }
        if (biscuit.getProof().hasFinalSignature()) {
            requireCanonical(biscuit.getProof().getFinalSignature());
        }
        requirePlainSeal(biscuit);
    }

    /** The library and the specification seal a token that ends in a third party's block differently. */
    private static void requirePlainSeal(Schema.Biscuit biscuit) throws CapabilityRefusedException {
        List<Schema.SignedBlock> blocks = signedBlocks(biscuit);
        boolean endsInThirdParty = blocks.get(blocks.size() - 1).hasExternalSignature();
        if (biscuit.getAuthority().hasExternalSignature()
                || (endsInThirdParty && biscuit.getProof().hasFinalSignature())) {
            throw new CapabilityRefusedException(
                    "capability.unsupported", "A third party signed the first block, or the last of a sealed token.");
        }
    }

    /** A signature with S at or above the group order verifies too, but under another revocation id. */
    private static void requireCanonical(ByteString signature) throws CapabilityRefusedException {
        byte[] bytes = signature.toByteArray();
        if (bytes.length != 64) {
            throw malformed();
        }
        byte[] s = new byte[32];
        for (int i = 0; i < 32; i++) {
            s[i] = bytes[63 - i];
        }
        if (new BigInteger(1, s).compareTo(GROUP_ORDER) >= 0) {
            throw new CapabilityRefusedException("capability.signature_invalid", "A signature is not canonical.");
        }
    }

    private static void requireNarrowing(Schema.Biscuit biscuit) throws CapabilityRefusedException {
        int facts = 0;
        int symbols = 0;
        boolean authority = true;
        for (Schema.SignedBlock signed : signedBlocks(biscuit)) {
            Schema.Block block = parse(signed);
            facts += block.getFactsV2Count();
            symbols += block.getSymbolsCount();
            if (!authority) {
                requireChecksOnly(block);
                requireCheapChecks(block);
            }
            authority = false;
        }
        if (facts > MAX_FACTS || symbols > MAX_SYMBOLS) {
            throw limit("facts or symbols");
        }
    }

    private static void requireChecksOnly(Schema.Block block) throws CapabilityRefusedException {
        if (block.getFactsV2Count() + block.getRulesV2Count() + block.getScopeCount() + block.getPublicKeysCount()
                > 0) {
            throw new CapabilityRefusedException(
                    "capability.unsupported", "A block after the first may only add checks.");
        }
    }

    private static void requireCheapChecks(Schema.Block block) throws CapabilityRefusedException {
        if (block.getChecksV2Count() > MAX_CHECKS_PER_BLOCK) {
            throw limit("checks");
        }
        for (Schema.CheckV2 check : block.getChecksV2List()) {
            if (check.getQueriesCount() > MAX_QUERIES_PER_CHECK) {
                throw limit("queries");
            }
            for (Schema.RuleV2 query : check.getQueriesList()) {
                requireCheap(query);
            }
        }
    }

    private static void requireCheap(Schema.RuleV2 query) throws CapabilityRefusedException {
        if (query.getBodyCount() > MAX_PREDICATES_PER_QUERY) {
            throw limit("predicates");
        }
        for (Schema.ExpressionV2 expression : query.getExpressionsList()) {
            if (expression.getOpsCount() > MAX_OPERATIONS_PER_EXPRESSION) {
                throw limit("operations");
            }
            if (expression.getOpsList().stream().anyMatch(TokenPreflight::isUnsafe)) {
                throw new CapabilityRefusedException(
                        "capability.unsupported", "Regular expressions and != are not supported in checks.");
            }
        }
    }

    /** A regular expression's cost is not bounded by its size, and the library's != is wrong for booleans. */
    private static boolean isUnsafe(Schema.Op op) {
        return op.hasBinary()
                && (op.getBinary().getKind() == Schema.OpBinary.Kind.Regex
                        || op.getBinary().getKind() == Schema.OpBinary.Kind.NotEqual);
    }

    private static Schema.Block parse(Schema.SignedBlock signed) throws CapabilityRefusedException {
        try {
            return Schema.Block.parseFrom(signed.getBlock());
        } catch (InvalidProtocolBufferException e) {
            throw malformed();
        }
    }

    private static List<Schema.SignedBlock> signedBlocks(Schema.Biscuit biscuit) {
        List<Schema.SignedBlock> blocks = new ArrayList<>(biscuit.getBlocksList());
        blocks.add(0, biscuit.getAuthority());
        return blocks;
    }

    static CapabilityRefusedException malformed() {
        return new CapabilityRefusedException("capability.malformed", "The capability cannot be read.");
    }

    private static CapabilityRefusedException limit(String what) {
        return new CapabilityRefusedException("capability.limit_exceeded", "The capability has too many " + what + ".");
    }
}
